import { describe, expect, it } from 'vitest';
import { readSearch } from '#shared/domain/search.ts';

describe('readSearch', () => {
  it.each([
    ['UCE0DEMO01', [' uce0demo01'], null],
    ['UCE0DEMO01 | UCE0DEMO02\nUCE0DEMO03', [' uce0demo01', ' uce0demo02', ' uce0demo03'], null],
    ['UCE0DEMO01, UCE0DEMO02', [' uce0demo01', ' uce0demo02'], null],
    ['1,250', [' 1,250'], 125_000],
    ['1250.50', [' 1250.50'], 125_050],
    ['  two  words ', [' two words'], null],
    ['', [], null],
  ])('reads %j', (text, terms, amountCents) => {
    expect(readSearch(text)).toEqual({ terms, amountCents });
  });
});
