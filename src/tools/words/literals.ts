/** A string of Python. Its later lines stand at the margin, since white space in it counts. */
export const python = (text: string): string =>
  text.includes('\n')
    ? `"""${text
        .replaceAll('\\', '\\\\')
        .replace(/"(?="|$)/g, '\\"')
        .replaceAll('\r', '\\r')}"""`
    : JSON.stringify(text);

/** A string of JavaScript; a template literal where it has lines. */
export function javascript(text: string): string {
  if (text.includes('\n'))
    return `\`${text.replace(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`).replaceAll('\r', '\\r')}\``;
  const inside = JSON.stringify(text).slice(1, -1);
  return text.includes("'") ? `"${inside}"` : `'${inside.replaceAll('\\"', '"')}'`;
}

/** A string of Ruby without interpolation. */
export const ruby = (text: string): string => JSON.stringify(text).replaceAll('#', '\\#');

export const symbol = (name: string): string => `:${/^[a-z_]\w*$/i.test(name) ? name : ruby(name)}`;

/** Strings as a list, as Python and JavaScript write it. */
export const list = (items: readonly string[], literal: (text: string) => string): string =>
  `[${items.map(literal).join(', ')}]`;
