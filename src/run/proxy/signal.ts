/** A promise with its ends. */
export interface Signal<Value> {
  readonly promise: Promise<Value>;
  done(value: Value): void;
  fail(error: Error): void;
}

export function signal<Value = void>(): Signal<Value> {
  let done: (value: Value) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<Value>((resolve, reject) => {
    done = resolve;
    fail = reject;
  });
  return { promise, done, fail };
}
