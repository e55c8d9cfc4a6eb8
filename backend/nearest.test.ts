import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('the nearest names', () => {
  const known = ['Payments', 'Checkout', 'Search', 'Platform', 'Payroll'];

  it('are those with the fewest changed letters, in any case', () => {
    expect(nearest('payment', known)[0]).toBe('Payments');
    expect(nearest('SAERCH', known)[0]).toBe('Search');
    expect(nearest('chekout', known, 1)).toEqual(['Checkout']);
  });

  it('are first those that contain the word', () => {
    expect(nearest('form', ['Farm', 'Platform'])).toEqual(['Platform', 'Farm']);
    expect(nearest('pay', known, 2)).toEqual(['Payroll', 'Payments']);
  });

  it('are at most as many as wanted and as there are, each once', () => {
    expect(nearest('x', known)).toHaveLength(3);
    expect(nearest('x', ['a', 'a'])).toEqual(['a']);
    expect(nearest('x', [])).toEqual([]);
  });
});
