import { useI18n } from 'vue-i18n'

import type { Movie, Subject, Tag } from '@/api/types'

/** How facts are put into the visitor's words. */
export function useWords() {
  const { t, te, n } = useI18n()

  /** "1979 · 1 h 57 min": what is known, in that order. */
  function factsOf({ year, runtime }: Pick<Movie, 'year' | 'runtime'>): string {
    const facts = [year !== null && yearText(year), runtime !== null && lengthOf(runtime)]
    return facts.filter(Boolean).join(' · ')
  }

  function lengthOf(minutes: number): string {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    const parts = [
      hours && t('hours', { count: countText(hours) }),
      rest && t('minutes', { count: countText(rest) }),
    ]
    return parts.filter(Boolean).join(' ')
  }

  const yearText = (year: number): string => n(year, 'year')
  const ratingOf = (rating: number): string => n(rating, 'rating')
  const countText = (count: number): string => n(count)

  /** The form of `key` that goes with `count`: "1 film", "1,312 films". */
  const plural = (key: string, count: number): string =>
    t(key, { count: countText(count) }, count)

  /** Genres have names in every language; keywords are English. */
  function tagName({ name, kind }: Pick<Tag, 'name' | 'kind'>): string {
    const key = `genre.${name}`
    return kind === 'genre' && te(key) ? t(key) : name
  }

  /** A film's title or a tag's name, as it is shown. */
  const labelOf = (subject: Subject): string =>
    subject.kind === 'movie'
      ? subject.title
      : tagName({ name: subject.name, kind: subject.tag_kind })

  return { t, factsOf, lengthOf, yearText, ratingOf, countText, plural, tagName, labelOf }
}

/** The language that a name is read out in, where it is not the page's. */
export function languageOf(named: Pick<Tag, 'kind'> | Subject): 'en' | undefined {
  const kind = named.kind === 'tag' ? named.tag_kind : named.kind
  return kind === 'keyword' ? 'en' : undefined
}
