import { render } from '@testing-library/vue'
import { defineComponent } from 'vue'
import { useI18n } from 'vue-i18n'
import { describe, expect, test } from 'vitest'

import { tagItems } from '@/api/http_examples'
import { type Language, speak, wordsOf } from '@/i18n'

import { languageOf, useWords } from './useWords'

/** The words of a component that is shown in `language`. */
async function wordsIn(language: Language) {
  const spoken = await wordsOf(language)
  let words: ReturnType<typeof useWords> | undefined
  render(
    defineComponent({
      setup() {
        speak(useI18n({ useScope: 'global' }), language, spoken)
        words = useWords()
        return () => null
      },
    }),
  )
  if (!words) throw new Error('nothing was rendered')
  return words
}

describe('in English', () => {
  test('facts name what is known and leave out the rest', async () => {
    const { factsOf } = await wordsIn('en')
    expect(factsOf({ year: 1979, runtime: 117 })).toBe('1979 · 1 h 57 min')
    expect(factsOf({ year: null, runtime: 60 })).toBe('1 h')
    expect(factsOf({ year: null, runtime: null })).toBe('')
  })

  test('a length under an hour has no hours', async () => {
    const { lengthOf } = await wordsIn('en')
    expect(lengthOf(45)).toBe('45 min')
  })

  test('one film is no films', async () => {
    const { plural } = await wordsIn('en')
    expect(plural('filters.show', 1)).toBe('Show 1 film')
    expect(plural('filters.show', 88_154)).toBe('Show 88,154 films')
  })
})

describe('in Russian', () => {
  test('numbers and lengths are written as Russian readers write them', async () => {
    const { factsOf, ratingOf, plural } = await wordsIn('ru')
    expect(factsOf({ year: 1979, runtime: 117 })).toBe('1979 · 1 ч 57 мин')
    expect(ratingOf(8)).toBe('8,0')
    expect(plural('filters.show', 88_154)).toBe('Показать 88\u00a0154 фильма')
  })

  test.each([
    [0, '0 фильмов'],
    [1, '1 фильм'],
    [2, '2 фильма'],
    [4, '4 фильма'],
    [5, '5 фильмов'],
    [11, '11 фильмов'],
    [12, '12 фильмов'],
    [14, '14 фильмов'],
    [21, '21 фильм'],
    [22, '22 фильма'],
    [111, '111 фильмов'],
    [121, '121 фильм'],
  ])('%i films are %s', async (count, text) => {
    const { plural } = await wordsIn('ru')
    expect(plural('filters.show', count)).toBe(`Показать ${text}`)
  })

  test('genres are translated, keywords stay and are marked as English', async () => {
    const { tagName } = await wordsIn('ru')
    expect(tagName(tagItems.horror)).toBe('Ужасы')
    expect(tagName({ name: 'Giallo', kind: 'genre' })).toBe('Giallo')
    expect(tagName(tagItems.space)).toBe('space opera')
    expect([tagItems.horror, tagItems.space].map(languageOf)).toEqual([undefined, 'en'])
  })
})
