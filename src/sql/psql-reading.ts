/** What a psql script stands in. */
export interface PsqlSettings {
  /** Path of the script, from the repository root: `\ir` goes from its directory. */
  readonly file: string;
  /** Directory in which psql is started, from the repository root: `\i` goes from there. */
  readonly directory: string;
  /** psql's variables, by name; `\set` changes them. */
  readonly variables: Map<string, string>;
  /** Names of the variables whose value the user gave for what a program would print. */
  readonly given: ReadonlySet<string>;
  /** The text of another file of the tree, undefined where there is none. */
  readonly include: (path: string) => string | undefined;
}

/** What psql would send, or why nobody can tell. */
export interface PsqlScript {
  /** The script with its meta-commands blanked, variables replaced and included files put in. */
  readonly sql: string;
  readonly copyData: readonly { readonly at: number; readonly data: string }[];
  /** Paths of the files that were put in. */
  readonly included: readonly string[];
  /** Set when a line cannot be followed: `says` continues a sentence that begins with the tool's name. */
  readonly refused: PsqlRefusal | null;
}

/** Where and why the reading ended before the script did. */
export interface PsqlRefusal {
  /** 1-based. */
  readonly line: number;
  readonly says: string;
  /** psql itself stops there; else it goes on, and nobody can tell how. */
  readonly stops: boolean;
}

/** A script that is being read: `text` shrinks and grows as commands are blanked and variables replaced. */
export interface Reading {
  text: string;
  /** Offset up to which `text` is what psql would send. */
  at: number;
  readonly settings: PsqlSettings;
  readonly included: string[];
  /** One for each open `\if`: is this branch read, and has one been? */
  readonly branches: { active: boolean; taken: boolean; parent: boolean }[];
  copyData: { at: number; data: string }[];
}

/** Stops the reading; `says` as in `PsqlScript.refused`. */
export class Unreadable extends Error {
  readonly says: string;
  readonly stops: boolean;
  constructor(says: string, stops = false) {
    super(says);
    this.says = says;
    this.stops = stops;
  }
}

/** Replaces everything from here to `until` by spaces; line ends stay. */
export function blank(reading: Reading, until: number): void {
  const { text, at } = reading;
  reading.text = text.slice(0, at) + spaces(text.slice(at, until)) + text.slice(until);
  reading.at = until;
}

export const spaces = (text: string): string => text.replace(/[^\r\n]/g, ' ');
