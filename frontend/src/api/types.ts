/** The words of the HTTP contract, as the rest of the page uses them. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Action = Schemas['EventBody']['action']
export type Opinion = Extract<Action, 'like' | 'dislike' | 'seen'>
export type EventBody = Schemas['EventBody']
export type BarePick = Schemas['AskedPick']

export type Tag = Schemas['TagItem']
export type Tags = Schemas['Tags']
export type Movie = Schemas['MovieItem']
export type Movies = Schemas['Movies']
export type MovieDetails = Schemas['MovieDetails']
export type Found = Schemas['Found']
export type Recommendations = Schemas['Recommendations']
export type Session = Schemas['SessionAnswer']

/** Something in a session; `liked` is null for a film that is only seen or saved. */
export type Entry = Schemas['SessionMovie'] | Schemas['SessionTag']

/** A film or a tag as something to have an opinion on. */
export type Subject = Omit<Schemas['SessionMovie'], 'liked'> | Omit<Schemas['SessionTag'], 'liked'>

/** What the visitor narrows the films down by. Empty lists and null mean "any". */
export interface Filters {
  decades: number[]
  ratingMin: number | null
  ratingMax: number | null
  genres: string[]
  excludeGenres: string[]
}

export const NO_FILTERS: Filters = {
  decades: [],
  ratingMin: null,
  ratingMax: null,
  genres: [],
  excludeGenres: [],
}

export interface Paging {
  limit: number
  offset: number
}
