import type { SchemaChange } from '../catalog/model.ts';

/** A change that the running version may not survive. */
export interface ImpactLine {
  readonly name: string;
  /** `dropped`, `renamed`, `changed`, `added`. */
  readonly what: string;
  readonly impact: 'breaking' | 'risky';
  readonly why: string;
}

/** What breaks or may break the running version, with the reasons, the worst first. */
export function impactLines(changes: readonly SchemaChange[]): ImpactLine[] {
  const of = (wanted: ImpactLine['impact']): ImpactLine[] =>
    changes.flatMap(({ impact, why, change, name, previousName }) =>
      impact !== wanted || why === undefined
        ? []
        : [{ name: previousName ?? name, what: words[change], impact: wanted, why }],
    );
  return [...of('breaking'), ...of('risky')];
}

const words = { added: 'added', removed: 'dropped', altered: 'changed', renamed: 'renamed' } as const;
