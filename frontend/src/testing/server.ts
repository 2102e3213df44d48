import { vi } from 'vitest'

interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
}

type Answer = { status?: number; json: unknown } | 'unreachable' | 'never'
type Route = Answer | Promise<Answer> | ((call: Call) => Answer)

/** A web server in place of `fetch`: routes by `METHOD /path`, all calls kept in order. */
export function serve(routes: Record<string, Route>) {
  const calls: Call[] = []
  const known = { ...routes }

  async function answer(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname, searchParams } = new URL(url, 'http://page')
    const method = init.method ?? 'GET'
    const path = pathname.replace('/api/v1', '')
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const call = { method, path, query: searchParams, body }
    calls.push(call)
    const route = known[`${method} ${path}`]
    if (route === undefined) throw new Error(`the spec has no answer to ${method} ${path}`)
    const given = await orStopped(typeof route === 'function' ? route(call) : route, init.signal)
    if (given === 'never') return orStopped(new Promise<never>(() => undefined), init.signal)
    if (given === 'unreachable') throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(given.json), { status: given.status ?? 200 })
  }

  vi.stubGlobal('fetch', vi.fn(answer))
  return {
    calls,
    said: () => calls.map(({ method, path }) => `${method} ${path}`),
    on: (name: string, route: Route) => {
      known[name] = route
    },
  }
}

function orStopped<T>(answer: T | Promise<T>, signal?: AbortSignal | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DOMException('stopped', 'AbortError'))
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    Promise.resolve(answer).then(resolve, reject)
  })
}
