/** The smallest harness: a test is a sentence and a function that throws. */
let passed = 0;

export function test(sentence: string, body: () => void): void {
  try {
    body();
    passed += 1;
  } catch (reason) {
    throw new Error(`${sentence}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

export function equal(found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`found ${a}, wanted ${b}`);
}

export function finish(name: string): void {
  console.log(`${name}: ${passed} passed`);
}
