/** How facts are put into words. */
import type { Movie } from '@/api/types'

/** "1979 · 1 h 57 min": what is known, in that order. */
export function factsOf({ year, runtime }: Pick<Movie, 'year' | 'runtime'>): string {
  return [year, runtime && lengthOf(runtime)].filter(Boolean).join(' · ')
}

export function lengthOf(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ')
}

export const ratingOf = (rating: number): string => rating.toFixed(1)

const thousands = new Intl.NumberFormat('en')
export const countText = (count: number): string => thousands.format(count)

/** "1 film", "1,312 films". */
export const plural = (count: number, word: string): string =>
  `${countText(count)} ${word}${count === 1 ? '' : 's'}`
