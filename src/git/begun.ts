/** Work that goes on beside what is done next. A failure of it is told where it is waited for, and nowhere else. */
export function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {});
  return work;
}
