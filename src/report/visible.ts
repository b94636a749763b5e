/**
 * Everything that comes from a pull request (file names, SQL, identifiers, server messages) is hostile text.
 * These functions take its invisible power away before any output adds its own escaping: terminal controls,
 * line breaks that fake other lines, and direction or zero-width characters that show one name and mean another.
 */

/** Text of one line: line breaks become spaces, what cannot be seen is shown as a code. */
export function visibleLine(text: string, limit = 1_000): string {
  return shorten(
    visible(text)
      .replace(/[\n\t ]+/g, ' ')
      .trim(),
    limit,
  );
}

/** Text of several lines: line feeds and tabs stay, CR LF becomes a line feed, the rest is shown as a code. */
export function visible(text: string): string {
  return (
    text
      .replace(/\r\n/g, '\n')
      // Cc holds the control characters; Cf the bidirectional controls, zero-width characters, tags and the byte
      // order mark; Cs halves of a pair without the other; the rest are letters and marks that show nothing.
      .replace(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\u034f|[\u115f\u1160\u3164\uffa0]|\u17b4|\u17b5/gu, shown)
      // Stacked combining marks paint over the lines above and below.
      .replace(/(\p{M}{3})\p{M}+/gu, '$1')
      // GitHub's runner obeys `##[command]` anywhere in a line of the log.
      .replace(/##(?=\[)/g, '# #')
      // Nothing quoted may pass for one of our own marks, even inside a code block.
      .replace(/<!(?=--\s*migration-gate)/gi, '<! ')
  );
}

/** Cuts in the middle, where a name differs least. */
export function shorten(text: string, limit: number): string {
  const points = Array.from(text);
  if (points.length <= limit) return text;
  const head = Math.ceil((limit - 1) * 0.6);
  return `${points.slice(0, head).join('')}…${points.slice(points.length - (limit - 1 - head)).join('')}`;
}

/** At most so many lines of at most so many characters; what was left out is counted in the last line. */
export function clip(text: string, lines: number, columns = 300): string {
  const all = text.split('\n').map((line) => shorten(line, columns));
  if (all.length <= lines) return all.join('\n');
  return [...all.slice(0, lines - 1), `… ${all.length - lines + 1} more lines`].join('\n');
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n' || character === '\t') return character;
  // The control pictures: ␀, ␛, ␍, ␡.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
