import type { LocationQuery, LocationQueryRaw } from 'vue-router'

import type { Filters } from '@/api/types'

// What the contract allows; anything else in the address would be refused as a whole.
const FIRST_DECADE = 1870
const LAST_DECADE = 2100

/** Filters live in the address, so that a reload, Back and a shared link keep them. */
export function filtersFrom(query: LocationQuery): Filters {
  return {
    decades: listOf(query.decade)
      .map(Number)
      .filter((decade) => decade % 10 === 0 && decade >= FIRST_DECADE && decade <= LAST_DECADE)
      .sort((one, other) => one - other),
    ratingMin: rating(query.rating_min),
    ratingMax: rating(query.rating_max),
    genres: listOf(query.genre),
    excludeGenres: listOf(query.exclude_genre),
  }
}

export function queryOf(filters: Filters): LocationQueryRaw {
  return {
    decade: filters.decades.length ? filters.decades.map(String) : undefined,
    rating_min: filters.ratingMin ?? undefined,
    rating_max: filters.ratingMax ?? undefined,
    genre: filters.genres.length ? filters.genres : undefined,
    exclude_genre: filters.excludeGenres.length ? filters.excludeGenres : undefined,
  }
}

/** How many fields narrow the films down. */
export function countOf(filters: Filters): number {
  const { decades, ratingMin, ratingMax, genres, excludeGenres } = filters
  return (
    decades.length +
    genres.length +
    excludeGenres.length +
    (ratingMin !== null || ratingMax !== null ? 1 : 0)
  )
}

function listOf(value: LocationQuery[string] | undefined): string[] {
  const values = Array.isArray(value) ? value : [value]
  return [...new Set(values.filter((one): one is string => !!one))]
}

function rating(value: LocationQuery[string] | undefined): number | null {
  const [text] = listOf(value)
  const number = Number(text)
  return text !== undefined && number >= 0 && number <= 10 ? number : null
}
