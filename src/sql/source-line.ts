// A line of a program may be as long as the file: what is asked of it again and again is looked at once.

/** Asked about places that come one after the other. */
export class LineStarts {
  private readonly text: string;
  private start = 0;
  private next: number;
  /** The first sign of the line that is no white space, or of a later line. */
  private ink = -1;

  constructor(text: string) {
    this.text = text;
    this.next = text.indexOf('\n');
  }

  /** Offset at which the line of a place begins. @param at not before the place of the last question */
  startOf(at: number): number {
    while (this.next !== -1 && this.next < at) {
      this.start = this.next + 1;
      this.next = this.text.indexOf('\n', this.start);
    }
    return this.start;
  }

  /** Is there nothing but white space between the beginning of its line and a place? */
  isBlankBefore(at: number): boolean {
    const start = this.startOf(at);
    if (this.ink < start) {
      const found = /\S/g;
      found.lastIndex = start;
      this.ink = found.exec(this.text)?.index ?? this.text.length;
    }
    return this.ink >= at;
  }
}

/** What a place was seen to be when a search came by it in vain. */
const PLAIN = 1;
const BRACKETS = 2;

/** Regular expressions between slashes. */
export class Patterns {
  private readonly text: string;
  /** By place: outside of brackets, or within them, no end of a pattern is to be reached from there. */
  private endless: Uint8Array | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Offset behind the pattern that begins with the slash at a place; null: it ends with no slash on its line. */
  endOf(slash: number): number | null {
    if (/[*/ =\n]/.test(this.text[slash + 1] ?? '\n')) return null;
    const end = this.walk(slash + 1, false);
    if (end === null) this.walk(slash + 1, true);
    return end;
  }

  private walk(from: number, marks: boolean): number | null {
    const { text } = this;
    if (marks) this.endless ??= new Uint8Array(text.length + 1);
    let state = PLAIN;
    for (let at = from; at < text.length; at += 1) {
      if (((this.endless?.[at] ?? 0) & state) !== 0) return null;
      if (marks && this.endless !== null) this.endless[at] = (this.endless[at] ?? 0) | state;
      const sign = text[at];
      if (sign === '\n') return null;
      if (sign === '\\') {
        at += 1;
        if (text[at] === '\n') return null;
      } else if (state === BRACKETS) state = sign === ']' ? PLAIN : BRACKETS;
      else if (sign === '[') state = BRACKETS;
      else if (sign === '/') return at + 1;
    }
    return null;
  }
}
