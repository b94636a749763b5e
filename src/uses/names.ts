/** Forms in which code writes a name of the database. */
export interface Forms {
  /** As the database has it: `user_profiles`. */
  readonly exact: string;
  /** Exact, camelCase and PascalCase: `user_profiles`, `userProfiles`, `UserProfiles`; for tables in the singular too. */
  readonly all: readonly string[];
  /** What a model class may be called: `UserProfile`, `UserProfiles`. */
  readonly models: readonly string[];
  /** What a variable may be called that holds a row: `user_profile`, `userProfile`, and in the plural. */
  readonly variables: readonly string[];
}

const pascal = (name: string): string =>
  name
    .split(/[_\s-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
const camel = (name: string): string => {
  const whole = pascal(name);
  return whole.charAt(0).toLowerCase() + whole.slice(1);
};

/** English plurals by their endings; what is not known stays as it is. */
export function singular(name: string): string {
  if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/i.test(name)) return name.slice(0, -2);
  if (/[^s]s$/i.test(name)) return name.slice(0, -1);
  return name;
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

export function columnForms(name: string): Forms {
  // An ORM calls the column owner_id of a reference `owner`, which alone says nothing.
  const all = unique([name, camel(name), pascal(name)]);
  return { exact: name, all, models: [], variables: [] };
}

export function tableForms(name: string): Forms {
  const one = singular(name);
  const models = unique([pascal(one), pascal(name)]);
  const variables = unique([one, name, camel(one), camel(name)]);
  return { exact: name, all: unique([name, ...models, ...variables]), models, variables };
}

/** Words that every program is full of: without the table beside them they say nothing. */
const common = new Set(
  `action active address age amount archived body category city code color comment content count country created
  created_at created_by currency data date deleted deleted_at description details disabled email enabled end
  end_date error event expires_at file first_name flag group hash height hidden id image index info key kind label
  lang language last_name length level link locale locked message meta metadata method mode model name note notes
  number options order owner parent parent_id password path payload phone position price priority public quantity
  rank rating read reason ref role score sent settings size slug sort source start start_date state status success
  summary tag tags target text time timestamp timezone title token total type unit updated updated_at url user
  user_id username uuid valid value values version visible weight width zip`.split(/\s+/),
);

export const isCommon = (name: string): boolean => common.has(name.toLowerCase()) || name.length < 4;

/** A name as a part of a pattern. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A pattern for any of these words, as whole words. */
export const anyOf = (words: readonly string[], flags = 'g'): RegExp =>
  new RegExp(`(?<![\\w$])(?:${words.map(escaped).join('|')})(?![\\w$])`, flags);
