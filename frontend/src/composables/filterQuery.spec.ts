import { describe, expect, test } from 'vitest'

import { NO_FILTERS } from '@/api/types'

import { countOf, filtersFrom, queryOf } from './filterQuery'

describe('filters in the address', () => {
  test('come back as they went', () => {
    const filters = {
      decades: [1990, 2000],
      ratingMin: 6.5,
      ratingMax: 9,
      genres: ['Film-Noir'],
      excludeGenres: ['Horror', 'War'],
    }
    const query = queryOf(filters)
    const asRead = { ...query, rating_min: '6.5', rating_max: '9' }
    expect(filtersFrom(asRead as never)).toEqual(filters)
  })

  test('what is no filter counts as absent', () => {
    expect(filtersFrom({ decade: ['1995', 'x', '90'], rating_min: '11', genre: '' })).toEqual(
      NO_FILTERS,
    )
  })

  test('leave nothing in the address when there are none', () => {
    expect(Object.values(queryOf(NO_FILTERS)).filter((value) => value !== undefined)).toEqual([])
  })

  test('are counted by what they ask for; a rating range is one', () => {
    const filters = { ...NO_FILTERS, decades: [1990, 2000], genres: ['War'] }
    expect(countOf({ ...filters, ratingMin: 6, ratingMax: 9 })).toBe(2 + 1 + 1)
  })
})
