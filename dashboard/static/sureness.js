// @ts-check
/** The words for how sure a time or a place is. The twin of `dashboard/sureness.py`. */
import { say } from './say.js';

/** A precision or a basis in words; a basis that an author put in words of their own stays as it is. @param {string} word */
export const sureness = (word) => words().get(word) ?? word;

const words = () =>
  new Map([
    ['exact', say('exact')],
    ['part_of_day', say('part of day')],
    ['day', say('precision::day')],
    ['order', say('precision::order')],
    ['street', say('precision::street')],
    ['district', say('precision::district')],
    ['inferred', say('inferred')],
    ['unknown', say('unknown')],
    ['stated', say('stated')],
    ['derived', say('derived')],
    ['assumed', say('assumed')],
    ['set by hand', say('set by hand')],
    ['geocoding service', say('geocoding service')],
    ['relative phrase', say('relative phrase')],
  ]);
