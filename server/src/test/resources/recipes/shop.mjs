// A shop around the page's recipe: a landing page, and a page on which somebody buys.
import { createServer } from 'node:http';
import { clickId, keep, report } from './matchback.mjs';

const server = createServer(async (request, response) => {
  keep(request, response);
  const order = new URL(request.url, 'http://x').searchParams.get('order');
  if (order) await report(clickId(request), order, { payout: '12.50', currency: 'USD' });
  response.end('thank you');
});
server.listen(0, '127.0.0.1', () => console.log(`listens ${server.address().port}`));
