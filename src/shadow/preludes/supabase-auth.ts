/**
 * Schema `auth` of a Supabase project: what its auth service has made there by the time that a project's own migrations
 * run. Tables that migrations refer to, read or put triggers on have all of their columns; the service's own bookkeeping
 * is left out.
 */
export const authSchema = `
CREATE SCHEMA auth AUTHORIZATION supabase_admin;
GRANT ALL ON SCHEMA auth TO supabase_auth_admin, postgres, dashboard_user;
GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;

SET ROLE supabase_auth_admin;

CREATE TYPE auth.aal_level AS ENUM ('aal1', 'aal2', 'aal3');
CREATE TYPE auth.code_challenge_method AS ENUM ('s256', 'plain');
CREATE TYPE auth.factor_status AS ENUM ('unverified', 'verified');
CREATE TYPE auth.factor_type AS ENUM ('totp', 'webauthn', 'phone');
CREATE TYPE auth.one_time_token_type AS ENUM (
  'confirmation_token', 'reauthentication_token', 'recovery_token',
  'email_change_token_new', 'email_change_token_current', 'phone_change_token'
);

CREATE TABLE auth.instances (
  id uuid CONSTRAINT instances_pkey PRIMARY KEY,
  uuid uuid,
  raw_base_config text,
  created_at timestamptz,
  updated_at timestamptz
);

CREATE TABLE auth.users (
  instance_id uuid,
  id uuid CONSTRAINT users_pkey PRIMARY KEY,
  aud varchar(255),
  role varchar(255),
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text DEFAULT NULL CONSTRAINT users_phone_key UNIQUE,
  phone_confirmed_at timestamptz,
  phone_change text DEFAULT '',
  phone_change_token varchar(255) DEFAULT '',
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
  email_change_token_current varchar(255) DEFAULT '',
  email_change_confirm_status smallint DEFAULT 0
    CONSTRAINT users_email_change_confirm_status_check CHECK (email_change_confirm_status BETWEEN 0 AND 2),
  banned_until timestamptz,
  reauthentication_token varchar(255) DEFAULT '',
  reauthentication_sent_at timestamptz,
  is_sso_user boolean NOT NULL DEFAULT false,
  deleted_at timestamptz,
  is_anonymous boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX users_email_partial_key ON auth.users (email) WHERE is_sso_user = false;
CREATE INDEX users_instance_id_idx ON auth.users (instance_id);
CREATE INDEX users_instance_id_email_idx ON auth.users (instance_id, lower(email));
CREATE INDEX users_is_anonymous_idx ON auth.users (is_anonymous);

CREATE TABLE auth.identities (
  provider_id text NOT NULL,
  user_id uuid NOT NULL CONSTRAINT identities_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  identity_data jsonb NOT NULL,
  provider text NOT NULL,
  last_sign_in_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  email text GENERATED ALWAYS AS (lower(identity_data ->> 'email')) STORED,
  id uuid DEFAULT gen_random_uuid() CONSTRAINT identities_pkey PRIMARY KEY,
  CONSTRAINT identities_provider_id_provider_unique UNIQUE (provider_id, provider)
);
CREATE INDEX identities_user_id_idx ON auth.identities (user_id);
CREATE INDEX identities_email_idx ON auth.identities (email text_pattern_ops);

CREATE TABLE auth.mfa_factors (
  id uuid CONSTRAINT mfa_factors_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT mfa_factors_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  friendly_name text,
  factor_type auth.factor_type NOT NULL,
  status auth.factor_status NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  secret text,
  phone text,
  last_challenged_at timestamptz CONSTRAINT mfa_factors_last_challenged_at_key UNIQUE,
  web_authn_credential jsonb,
  web_authn_aaguid uuid,
  last_webauthn_challenge_data jsonb
);
CREATE INDEX mfa_factors_user_id_idx ON auth.mfa_factors (user_id);

CREATE TABLE auth.mfa_challenges (
  id uuid CONSTRAINT mfa_challenges_pkey PRIMARY KEY,
  factor_id uuid NOT NULL CONSTRAINT mfa_challenges_auth_factor_id_fkey REFERENCES auth.mfa_factors ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  verified_at timestamptz,
  ip_address inet NOT NULL,
  otp_code text,
  web_authn_session_data jsonb
);

CREATE TABLE auth.sessions (
  id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  created_at timestamptz,
  updated_at timestamptz,
  factor_id uuid,
  aal auth.aal_level,
  not_after timestamptz,
  refreshed_at timestamp,
  user_agent text,
  ip inet,
  tag text,
  oauth_client_id uuid,
  refresh_token_hmac_key text,
  refresh_token_counter bigint,
  scopes text
);
CREATE INDEX sessions_user_id_idx ON auth.sessions (user_id);

CREATE TABLE auth.mfa_amr_claims (
  session_id uuid NOT NULL CONSTRAINT mfa_amr_claims_session_id_fkey REFERENCES auth.sessions ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  authentication_method text NOT NULL,
  id uuid CONSTRAINT amr_id_pk PRIMARY KEY,
  CONSTRAINT mfa_amr_claims_session_id_authentication_method_pkey UNIQUE (session_id, authentication_method)
);

CREATE TABLE auth.refresh_tokens (
  instance_id uuid,
  id bigserial CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
  token varchar(255) CONSTRAINT refresh_tokens_token_unique UNIQUE,
  user_id varchar(255),
  revoked boolean,
  created_at timestamptz,
  updated_at timestamptz,
  parent varchar(255),
  session_id uuid CONSTRAINT refresh_tokens_session_id_fkey REFERENCES auth.sessions ON DELETE CASCADE
);

CREATE TABLE auth.one_time_tokens (
  id uuid CONSTRAINT one_time_tokens_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT one_time_tokens_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  token_type auth.one_time_token_type NOT NULL,
  token_hash text NOT NULL CONSTRAINT one_time_tokens_token_hash_check CHECK (char_length(token_hash) > 0),
  relates_to text NOT NULL,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE auth.audit_log_entries (
  instance_id uuid,
  id uuid CONSTRAINT audit_log_entries_pkey PRIMARY KEY,
  payload json,
  created_at timestamptz,
  ip_address varchar(64) NOT NULL DEFAULT ''
);

CREATE TABLE auth.flow_state (
  id uuid CONSTRAINT flow_state_pkey PRIMARY KEY,
  user_id uuid,
  auth_code text,
  code_challenge_method auth.code_challenge_method,
  code_challenge text,
  provider_type text NOT NULL,
  provider_access_token text,
  provider_refresh_token text,
  created_at timestamptz,
  updated_at timestamptz,
  authentication_method text NOT NULL,
  auth_code_issued_at timestamptz
);

CREATE TABLE auth.sso_providers (
  id uuid CONSTRAINT sso_providers_pkey PRIMARY KEY,
  resource_id text,
  created_at timestamptz,
  updated_at timestamptz,
  disabled boolean
);

CREATE TABLE auth.sso_domains (
  id uuid CONSTRAINT sso_domains_pkey PRIMARY KEY,
  sso_provider_id uuid NOT NULL
    CONSTRAINT sso_domains_sso_provider_id_fkey REFERENCES auth.sso_providers ON DELETE CASCADE,
  domain text NOT NULL,
  created_at timestamptz,
  updated_at timestamptz
);

CREATE TABLE auth.schema_migrations (version varchar(255) CONSTRAINT schema_migrations_pkey PRIMARY KEY);

${(['jwt', 'uid', 'role', 'email'] as const).map(claimFunction).join('\n')}

RESET ROLE;

${[
  'instances users identities mfa_factors mfa_challenges sessions mfa_amr_claims refresh_tokens',
  'one_time_tokens audit_log_entries flow_state sso_providers sso_domains schema_migrations',
]
  .flatMap((names) => names.split(' '))
  .map((table) => `ALTER TABLE auth.${table} ENABLE ROW LEVEL SECURITY;`)
  .join('\n')}
GRANT ALL ON ALL TABLES IN SCHEMA auth TO postgres, dashboard_user;
GRANT ALL ON ALL SEQUENCES IN SCHEMA auth TO postgres, dashboard_user;
GRANT ALL ON ALL ROUTINES IN SCHEMA auth TO postgres, dashboard_user;
`;

/** What a policy asks of the request's token, which the API puts into settings of the transaction. */
function claimFunction(name: 'jwt' | 'uid' | 'role' | 'email'): string {
  const setting = (which: string) => `nullif(current_setting('request.jwt.${which}', true), '')`;
  const define = (type: string, value: string) =>
    `CREATE FUNCTION auth.${name}() RETURNS ${type} LANGUAGE sql STABLE AS $$ SELECT (${value})::${type} $$;`;
  if (name === 'jwt') return define('jsonb', `coalesce(${setting('claim')}, ${setting('claims')})`);
  const claim = name === 'uid' ? 'sub' : name;
  return define(
    name === 'uid' ? 'uuid' : 'text',
    `coalesce(${setting(`claim.${claim}`)}, ${setting('claims')}::jsonb ->> '${claim}')`,
  );
}
