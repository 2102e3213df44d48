import { expect, test } from 'vitest'

import { factsOf, lengthOf, plural } from './words'

test('facts name what is known and leave out the rest', () => {
  expect(factsOf({ year: 1979, runtime: 117 })).toBe('1979 · 1 h 57 min')
  expect(factsOf({ year: null, runtime: 60 })).toBe('1 h')
  expect(factsOf({ year: null, runtime: null })).toBe('')
})

test('a length under an hour has no hours', () => {
  expect(lengthOf(45)).toBe('45 min')
})

test('one film is no films', () => {
  expect(plural(1, 'film')).toBe('1 film')
  expect(plural(88_154, 'film')).toBe('88,154 films')
})
