/** Every call the page makes, by name. */
import { request } from './client'
import type {
  BarePick,
  EventBody,
  Filters,
  Found,
  MovieDetails,
  Movies,
  Paging,
  Recommendations,
  Session,
  Tags,
} from './types'

/** For this visitor's session. */
export function getRecommendations(filters: Filters, paging: Paging, signal: AbortSignal) {
  const query = {
    decade: filters.decades,
    rating_min: filters.ratingMin,
    rating_max: filters.ratingMax,
    genre: filters.genres,
    exclude_genre: filters.excludeGenres,
    ...paging,
  }
  return request<Recommendations>('GET', '/recommendations', { query, signal })
}

/** For picks named here, whoever asks: the last one matters most. */
export function recommendFor(
  picks: BarePick[],
  filters: Filters,
  paging: Paging,
  signal: AbortSignal,
) {
  const body = {
    picks,
    filters: {
      decades: filters.decades,
      rating_min: filters.ratingMin,
      rating_max: filters.ratingMax,
      genres: filters.genres,
      exclude_genres: filters.excludeGenres,
    },
    ...paging,
  }
  return request<Recommendations>('POST', '/recommendations', { body, signal })
}

export const getSession = (signal?: AbortSignal) => request<Session>('GET', '/session', { signal })
export const postEvent = (body: EventBody) =>
  request<Session>('POST', '/session/events', { body })
export const postUndo = () => request<Session>('POST', '/session/undo')
export const postRedo = () => request<Session>('POST', '/session/redo')
export const deleteSession = () => request<Session>('DELETE', '/session')

export const getMovie = (id: number, signal?: AbortSignal) =>
  request<MovieDetails>('GET', `/movies/${id}`, { signal })
export const getSimilar = (id: number, signal?: AbortSignal) =>
  request<Movies>('GET', `/movies/${id}/similar`, { signal })
export const search = (q: string, signal?: AbortSignal) =>
  request<Found>('GET', '/search', { query: { q }, signal })
/** The most used: all genres first. */
export const getTags = (signal?: AbortSignal) =>
  request<Tags>('GET', '/tags', { signal })
export const findTags = (q: string, signal?: AbortSignal) =>
  request<Tags>('GET', '/tags', { query: { q }, signal })
