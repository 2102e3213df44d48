/** One way to call the web server: JSON both ways, a deadline, and errors of two kinds. */

const DEADLINE_MS = 10_000

/** The server answered, and the answer was no. `detail` is its own explanation, in English. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail?: string,
  ) {
    super(detail ?? `the server answered ${status}`)
    this.name = 'Refused'
  }
}

/** No answer came: offline, the server is down, or the deadline passed. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the server cannot be reached', { cause })
    this.name = 'Unreachable'
  }
}

/** Whether the same request may well succeed later, unchanged. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Unreachable) return true
  return error instanceof Refused && (error.status >= 500 || [408, 425, 429].includes(error.status))
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

export type Query = Record<string, string | number | null | undefined | (string | number)[]>

export interface Options {
  query?: Query
  body?: unknown
  signal?: AbortSignal
}

/** The answer's JSON. Throws `Refused`, `Unreachable`, or an AbortError when `signal` says stop. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options)
  const text = await read(response, options.signal)
  if (!response.ok) throw new Refused(response.status, detailOf(text))
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new Unreachable(error) // a proxy's page, not the server's answer
  }
}

async function send(method: string, path: string, { query, body, signal }: Options) {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  try {
    return await fetch(`/api/v1${path}${search(query)}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      keepalive: method !== 'GET', // a click outlives the page it was made on
    })
  } catch (error) {
    throw failure(error, signal)
  }
}

async function read(response: Response, signal?: AbortSignal): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw failure(error, signal)
  }
}

function failure(error: unknown, signal?: AbortSignal): unknown {
  return signal?.aborted && isAbort(error) ? error : new Unreachable(error)
}

function search(query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) {
      if (one !== null && one !== undefined && one !== '') params.append(name, String(one))
    }
  }
  const text = params.toString()
  return text && `?${text}`
}

function detailOf(text: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(text)
    if (typeof problem === 'object' && problem !== null && 'detail' in problem) {
      return String(problem.detail)
    }
  } catch {
    // Not problem+json: a proxy answered. The status is all there is to say.
  }
  return undefined
}
