import { identifier } from '../../sql/names.ts';
import type { CatalogObject, ObjectType } from '../model.ts';
import { containerToken, ownToken } from '../template.ts';
import { complete, type Target } from './kind.ts';

/** What can be said about any object: its owner, comment, privileges, labels. Folds into the line of the object. */
export type AspectType = 'owner' | 'comment' | 'privilege' | 'security-label';

export interface Aspect {
  readonly type: AspectType;
  /** Tells apart several of one type on one object: the provider of a label. */
  readonly which?: string;
  readonly template: string;
  readonly definition?: string;
  /** The catalog's own form; a text of an object that was renamed is no change of its own. */
  readonly stored: string;
  readonly facts?: CatalogObject['facts'];
}

/** An aspect of an object of the catalog, shown in the text of its container. */
export function aspectOf({ object, member }: Target, aspect: Aspect): CatalogObject {
  const { type, which = '' } = aspect;
  const part = `${member === null ? '' : `.${member}`}`;
  return complete(
    {
      type,
      identity: `${type}${which}${part}:${object.identity}`,
      local: `${type}${which}${part}`,
      template: aspect.template,
      ...(aspect.definition === undefined ? {} : { definition: aspect.definition }),
      stored: aspect.stored,
      sqlName: object.text.sqlName,
      facts: aspect.facts ?? {},
    },
    {
      name: `${object.name}${part}`,
      scope: object.identity,
      parent: object.identity,
      container: object.container,
      containerIdentity: object.containerIdentity,
      place: 'after',
      containerSqlName: object.containerSqlName,
    },
  );
}

/** The object as COMMENT ON and ALTER name it, with tokens for the names that may change. */
export function subjectOf({ object, member }: Target): string {
  const { type } = object;
  const own = object.text.place === 'head' ? containerToken : ownToken;
  if (member !== null) {
    if (type === 'domain') return `CONSTRAINT ${identifier(member)} ON DOMAIN ${own}`;
    if (type === 'constraint') return `INDEX ${own}`;
    if (type === 'column') return `SEQUENCE ${containerToken}.${own}`;
    return `COLUMN ${own}.${identifier(member)}`;
  }
  if (type === 'column') return `COLUMN ${containerToken}.${own}`;
  if (onRelation.has(type)) return `${words[type] ?? ''} ${own} ON ${containerToken}`;
  if (type === 'function' || type === 'procedure' || type === 'aggregate') {
    return `${words[type]} ${own}${object.local.slice(object.ownName.length)}`;
  }
  if (type === 'operator') return `OPERATOR ${own} ${object.local.slice(object.ownName.length)}`;
  if (selfNamed.has(type)) {
    return `${words[type] ?? type.replaceAll('-', ' ').toUpperCase()} ${object.local}`;
  }
  return `${words[type] ?? type.replaceAll('-', ' ').toUpperCase()} ${own}`;
}

const onRelation: ReadonlySet<ObjectType> = new Set(['constraint', 'trigger', 'policy', 'rule']);
/** Their names are written out of types, languages and the like. */
const selfNamed: ReadonlySet<ObjectType> = new Set([
  'cast',
  'transform',
  'operator-class',
  'operator-family',
  'user-mapping',
]);
const words: Partial<Record<ObjectType, string>> = {
  'foreign-server': 'SERVER',
  'user-mapping': 'USER MAPPING FOR',
  rule: 'RULE',
  trigger: 'TRIGGER',
  policy: 'POLICY',
  constraint: 'CONSTRAINT',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  aggregate: 'AGGREGATE',
};
