import {
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useIsMutating,
  useMutation,
  useQueryClient,
  useSuspenseInfiniteQuery,
  useSuspenseQuery,
  type UseSuspenseQueryResult,
} from '@tanstack/react-query'
import { call, Refusal } from '#platform/operations/call.ts'
import type { AnyOperation, OutputOf, SentTo } from '#platform/operations/operation.ts'
import { lost } from './connection.ts'
import { noteWhoIsGone } from './gone.ts'
import { orKept } from './kept.ts'

/** One operation with one input, as TanStack Query keeps it. */
export const read = <P extends AnyOperation>(op: P, input: SentTo<P>) =>
  queryOptions({
    queryKey: [op.path, input] as const,
    queryFn: ({ signal }) => orKept(op.path, input, () => call(op, input, { signal })),
    ...asMarked(op),
  })

const asMarked = ({ recorded, kept }: AnyOperation) => (recorded ? onlyWhenAsked : { meta: { kept } })

// Each time somebody sees it is on record, so it is not read by itself, and not kept for a time without a connection.
const onlyWhenAsked = {
  staleTime: Infinity,
  gcTime: 60_000,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
}

/** What an operation answers. The page waits behind its skeleton, and a refusal stands where the page would. */
export function useRead<P extends AnyOperation>(op: P, input: SentTo<P>): OutputOf<P> {
  return (useSuspenseQuery(read(op, input)) as UseSuspenseQueryResult<OutputOf<P>>).data
}

type PageOf<T> = { items: T[]; next: string | null }
type Item<P extends AnyOperation> = OutputOf<P> extends PageOf<infer T> ? T : never

/** A list, page by page. */
export function useList<P extends AnyOperation>(op: P, input: SentTo<P>) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery({
    queryKey: [op.path, input, 'list'],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...input, ...(pageParam ? { cursor: pageParam } : {}) }
      return orKept(op.path, asked, () => call(op, asked, { signal }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last as PageOf<unknown>).next,
    ...asMarked(op),
  })
  return {
    items: data.pages.flatMap((page) => (page as PageOf<Item<P>>).items),
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    loading: isFetchingNextPage,
  }
}

export type Doing<O> = {
  /** Reads that show something else afterwards. */
  refreshes?: readonly { path: string }[]
  onDone?: (output: O) => void
  /** What it is called, for whoever waits until none of that name is under way (useUnderWay). */
  called?: string
}
export type Act<I, O> = { run: (input: I) => void; busy: boolean; done: O | undefined; refusal: Error | undefined; forget: () => void }

/** A write, by an operation or another function of one input. */
export function useAct<I, O>(send: (input: I) => Promise<O>, { refreshes = [], onDone, called }: Doing<O> = {}): Act<I, O> {
  const client = useQueryClient()
  const { mutate, isPending, data, error, reset } = useMutation<O, Error, I>({
    mutationFn: send,
    ...(called && { mutationKey: [called] }),
    onSuccess: async (output) => {
      await Promise.all(refreshes.map(({ path }) => client.invalidateQueries({ queryKey: [path] })))
      onDone?.(output)
    },
  })
  return { run: (input) => mutate(input), busy: isPending, done: data, refusal: error ?? undefined, forget: reset }
}

export const useUnderWay = (called: string) => useIsMutating({ mutationKey: [called] }) > 0

/** `useAct(by(changeAccount))`. */
export const by =
  <P extends AnyOperation>(op: P) =>
  (input: SentTo<P>): Promise<OutputOf<P>> =>
    call(op, input)

export function newQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteWhoIsGone(client, error) }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (error instanceof TypeError) lost()
        noteWhoIsGone(client, error)
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, networkMode: 'offlineFirst', retry: (count, error) => !(error instanceof Refusal) && count < 2 },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
