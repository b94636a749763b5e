import { Reader } from './messages.ts';
import { parameterLength, parameterLimit } from './record.ts';

/** A statement that the client has prepared. */
export interface Prepared {
  readonly text: string;
  /** Type oids of its parameters as far as the client said them, or asked the server for them. */
  readonly types: readonly number[];
}

/** A statement with its parameters, ready to be executed. */
export interface Portal {
  readonly text: string;
  readonly parameters: readonly (string | null)[];
}

export const queryText = (bytes: Buffer, encoding: BufferEncoding): string =>
  new Reader(bytes).text(encoding);

export function readParse(bytes: Buffer, encoding: BufferEncoding): { name: string } & Prepared {
  const reader = new Reader(bytes);
  const name = reader.text(encoding);
  const text = reader.text(encoding);
  return { name, text, types: Array.from({ length: reader.int16() }, () => reader.uint32()) };
}

/** Names in a Bind message, and its parameters as bytes. */
export interface Bind {
  readonly portal: string;
  readonly statement: string;
  readonly parameters: readonly { readonly bytes: Buffer | null; readonly binary: boolean }[];
}

/** @param bytes may be cut off: parameters that are not there are empty */
export function readBind(bytes: Buffer, encoding: BufferEncoding): Bind {
  const reader = new Reader(bytes);
  const portal = reader.text(encoding);
  const statement = reader.text(encoding);
  const formats = Array.from({ length: reader.int16() }, () => reader.int16());
  const count = reader.int16();
  const parameters: { bytes: Buffer | null; binary: boolean }[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = reader.int32();
    const binary = (formats.length === 1 ? formats[0] : formats[index]) === 1;
    parameters.push({ bytes: length === -1 ? null : reader.take(length), binary });
  }
  return { portal, statement, parameters };
}

/** Parameters for the record: what is long is cut, binary ones of unknown types are `\x…`. */
export function shownParameters(
  { parameters }: Bind,
  types: readonly number[],
  encoding: BufferEncoding,
): readonly (string | null)[] {
  return parameters.slice(0, parameterLimit).map(({ bytes, binary }, index) => {
    if (bytes === null) return null;
    const kept = bytes.subarray(0, parameterLength);
    if (!binary) return kept.toString(encoding);
    return binaryDecoders[types[index] ?? 0]?.(bytes) ?? `\\x${kept.toString('hex')}`;
  });
}

const when =
  (length: number, decode: (bytes: Buffer) => string) =>
  (bytes: Buffer): string | null =>
    bytes.length === length ? decode(bytes) : null;

const text = (bytes: Buffer): string => bytes.subarray(0, parameterLength).toString();

/** By type oid (pg_type.dat): the types that drivers send in binary. */
const binaryDecoders: Readonly<Record<number, (bytes: Buffer) => string | null>> = {
  16: when(1, (bytes) => (bytes[0] === 1 ? 't' : 'f')),
  18: text,
  19: text,
  20: when(8, (bytes) => String(bytes.readBigInt64BE())),
  21: when(2, (bytes) => String(bytes.readInt16BE())),
  23: when(4, (bytes) => String(bytes.readInt32BE())),
  25: text,
  26: when(4, (bytes) => String(bytes.readUInt32BE())),
  700: when(4, (bytes) => String(bytes.readFloatBE())),
  701: when(8, (bytes) => String(bytes.readDoubleBE())),
  1042: text,
  1043: text,
  1114: when(8, (bytes) => new Date(sinceEpoch(bytes)).toISOString().replace('Z', '')),
  1184: when(8, (bytes) => new Date(sinceEpoch(bytes)).toISOString()),
  2950: when(16, (bytes) =>
    bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  ),
};

/** Postgres counts microseconds from 2000. */
const sinceEpoch = (bytes: Buffer): number =>
  Math.min(8.64e15, Math.max(-8.64e15, Number(bytes.readBigInt64BE() / 1000n) + Date.UTC(2000, 0)));
