// A resolve hook: a module of this project that is imported with a query hands the query on to all that it imports, so that a second import of the same
// file is a second copy of everything below it. Packages are shared.
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const query = context.parentURL?.startsWith('file:') ? new URL(context.parentURL).search : '';
  const own = found.url.startsWith('file:') && !found.url.includes('/node_modules/') && !found.url.includes('?');
  return query !== '' && own ? { ...found, url: `${found.url}${query}` } : found;
}
