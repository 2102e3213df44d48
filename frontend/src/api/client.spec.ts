import { describe, expect, test } from 'vitest'

import { problem } from '@/api/http_examples'
import { serve } from '@/testing/server'

import { Refused, Unreachable, isAbort, isTemporary, request } from './client'

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('request', () => {
  test('sends a list as a repeated parameter and leaves empty ones out', async () => {
    const server = serve({ 'GET /recommendations': { json: {} } })
    await request('GET', '/recommendations', {
      query: { decade: [1990, 2000], rating_min: null, genre: [], limit: 24 },
    })
    expect(server.calls[0]?.query.toString()).toBe('decade=1990&decade=2000&limit=24')
  })

  test('gives the detail of a problem', async () => {
    serve({ 'GET /movies/0': { status: 404, json: problem(404, 'no movie has the id 0') } })
    const error = await failureOf(request('GET', '/movies/0'))
    expect(error).toEqual(new Refused(404, 'no movie has the id 0'))
    expect(isTemporary(error)).toBe(false)
  })

  test.each([429, 500, 503])('takes %i for temporary', async (status) => {
    serve({ 'GET /session': { status, json: problem(status, 'later') } })
    expect(isTemporary(await failureOf(request('GET', '/session')))).toBe(true)
  })

  test('takes a dead server for temporary', async () => {
    serve({ 'GET /session': 'unreachable' })
    const error = await failureOf(request('GET', '/session'))
    expect(error).toBeInstanceOf(Unreachable)
    expect(isTemporary(error)).toBe(true)
  })

  test('tells being stopped from a failure', async () => {
    serve({ 'GET /session': 'never' })
    const stop = new AbortController()
    const failure = failureOf(request('GET', '/session', { signal: stop.signal }))
    stop.abort()
    expect(isAbort(await failure)).toBe(true)
  })
})
