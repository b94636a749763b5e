import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Report } from '../../src/report/model.ts';
import { type SarifOptions, toSarif } from '../../src/report/sarif.ts';
import { ruleHelp } from '../../src/rules/help.ts';

export interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[];
        },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly suppressions?: readonly { readonly justification: string }[];
  readonly fixes?: readonly unknown[];
}

// `$schema` names a draft that ajv does not bring; the cut schema uses nothing that newer drafts read differently.
const { $schema: _draft, ...schema } = JSON.parse(
  readFileSync(new URL('sarif-2.1.0.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const rules = ruleHelp();

/** The report as SARIF that the official schema describes, within what GitHub takes of a result. */
export function sarifOf(report: Report, options: Partial<SarifOptions> = {}): { text: string; sarif: Sarif } {
  const text = toSarif(report, {
    rules,
    version: '1.2.3',
    docs: 'https://github.com/acme/migration-gate/blob/v1/docs',
    id: 'default',
    ...options,
  });
  const sarif: unknown = JSON.parse(text);
  if (!validate(sarif)) throw new Error(`no valid SARIF: ${ajv.errorsText(validate.errors)}`);
  return { text, sarif: sarif as Sarif };
}
