// Usage: sum.cjs BROKEN_STEPS RESULT.json…  Adds up the results of Vitest and Playwright and prints one line.
'use strict';
const { existsSync, readFileSync } = require('node:fs');

const [broken, ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
let missing = 0;

for (const file of files) {
  if (!existsSync(file)) {
    console.error(`no results: ${file}`);
    missing += 1;
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (result.stats) {
    total.passed += result.stats.expected + result.stats.flaky;
    total.failed += result.stats.unexpected + (result.errors?.length ?? 0);
    if (result.stats.flaky > 0)
      console.log(`${result.stats.flaky} needed a second go: see the list of its tier`);
    total.skipped += result.stats.skipped;
  } else {
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests + (result.success || result.numFailedTests > 0 ? 0 : 1);
    total.skipped += result.numPendingTests + result.numTodoTests;
  }
}

// A tier without results was not run, and a step that broke outside of the tests is a failure too.
if (total.failed === 0) total.failed += Math.max(Number(broken), missing);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.skipped === 0 && total.passed > 0 ? 0 : 1);
