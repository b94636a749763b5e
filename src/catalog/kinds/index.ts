import { aggregates } from './aggregates.ts';
import { baseTypes } from './base-types.ts';
import { casts, conversions, transforms } from './casts.ts';
import { collations } from './collations.ts';
import { columns } from './columns.ts';
import { comments, securityLabels } from './comments.ts';
import { composites } from './composites.ts';
import { constraints } from './constraints.ts';
import { defaultPrivileges } from './default-privileges.ts';
import { domains } from './domains.ts';
import { enums } from './enums.ts';
import { eventTriggers } from './event-triggers.ts';
import { extensions } from './extensions.ts';
import { foreignDataWrappers, foreignServers, userMappings } from './foreign-data.ts';
import { foreignTables } from './foreign-tables.ts';
import { functions } from './functions.ts';
import { indexes } from './indexes.ts';
import type { Kind } from './kind.ts';
import { accessMethods, languages } from './languages.ts';
import { operatorClasses, operatorFamilies, operators } from './operators.ts';
import { owners } from './owners.ts';
import { policies } from './policies.ts';
import { privileges } from './privileges.ts';
import { publications, subscriptions } from './publications.ts';
import { ranges } from './ranges.ts';
import { databaseSettings, memberships, roleSettings, roles } from './roles.ts';
import { rules } from './rules.ts';
import { schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { statistics } from './statistics.ts';
import { tables } from './tables.ts';
import { textSearch } from './text-search.ts';
import { triggers } from './triggers.ts';
import { views } from './views.ts';

/** Every kind of object that a snapshot holds. A new one is one file in this folder and one line here. */
export const kinds: readonly Kind[] = [
  roles,
  memberships,
  roleSettings,
  databaseSettings,
  schemas,
  extensions,
  accessMethods,
  languages,
  collations,
  conversions,
  enums,
  composites,
  ranges,
  baseTypes,
  domains,
  sequences,
  tables,
  foreignTables,
  columns,
  constraints,
  indexes,
  statistics,
  views,
  rules,
  functions,
  aggregates,
  operators,
  operatorClasses,
  operatorFamilies,
  casts,
  transforms,
  ...textSearch,
  foreignDataWrappers,
  foreignServers,
  userMappings,
  triggers,
  policies,
  eventTriggers,
  publications,
  subscriptions,
  defaultPrivileges,
  // About the objects of all kinds before them.
  owners,
  comments,
  securityLabels,
  privileges,
];

/** Those about the objects of all others, which must have been read before. */
export const aspects: ReadonlySet<Kind> = new Set([owners, comments, securityLabels, privileges]);

/** Those that read the relations of `Server.only`. */
export const ofRelations: ReadonlySet<Kind> = new Set([columns, constraints, indexes]);

/** Those of the server's roles. */
export const ofRoles: ReadonlySet<Kind> = new Set([roles, memberships, roleSettings]);
