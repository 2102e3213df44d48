import { describe, expect, test } from 'vitest'

import { session } from '@/api/http_examples'

import { MOST_SHARED, decodePicks, encodePicks } from './shareLink'

describe('a shared link', () => {
  test('carries films, tags, their order and which of them are not wanted', () => {
    expect(encodePicks(session.picks)).toBe('m1214,-t11~Horror')
    expect(decodePicks('m1214,-t11~Horror')).toEqual([
      { kind: 'movie', id: 1214, liked: true, name: undefined },
      { kind: 'tag', id: 11, liked: false, name: 'Horror' },
    ])
  })

  test('leaves out what is no pick, and takes each once', () => {
    const ids = decodePicks('m6,m6,x7,m,t-1,m99999999999,<b>,m1214').map(({ id }) => id)
    expect(ids).toEqual([6, 1214])
  })

  test('keeps the most important ones of very many', () => {
    const text = Array.from({ length: MOST_SHARED + 5 }, (_, n) => `m${n + 1}`).join(',')
    const picks = decodePicks(text)
    expect(picks).toHaveLength(MOST_SHARED)
    expect(picks.at(-1)?.id).toBe(MOST_SHARED + 5)
  })
})
