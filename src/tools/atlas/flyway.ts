/** Part by part, `_` and `.` alike; what is no number counts as 0. */
export function compareFlywayVersions(left: string, right: string): number {
  const [a = [], b = []] = [left, right].map((version) =>
    version.split(/[._]/).map((part) => (/^\d+$/.test(part) ? BigInt(part) : 0n)),
  );
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
