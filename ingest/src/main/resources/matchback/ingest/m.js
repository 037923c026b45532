// Matchback's first-party script. What it does, every attribute and every call are described in
// docs/browser.md. Served without its comments and indentation; a comment has a line of its own.
(function (w, d) {
  'use strict';
  var script = d.currentScript || d.querySelector('script[src*="/m.js"]');
  if (!script || (w.matchback && w.matchback.clickId)) return;
  var tracker = new URL(script.src, d.baseURI);
  var endpoint = new URL('e', tracker).href;

  function set(name, otherwise) {
    var value = script.getAttribute('data-' + name);
    return value === null ? otherwise : value;
  }

  var parameter = set('parameter', 'clickid');
  var days = +set('days', 90);
  var hosts = set('links', '').split(/[\s,]+/).filter(Boolean).concat(tracker.host);
  var tellsEvents = set('events', 'on') !== 'off';
  var allowed = set('consent', '') !== 'wait';
  // Ids that advertising platforms hang on their links.
  var platforms = ('fbclid gclid gbraid wbraid ttclid msclkid twclid li_fat_id epik ScCid rdt_cid ' +
      'oppref').split(' ');
  var form = /^[0-9A-HJKMNP-TV-Z]{32}$/i;
  var COOKIE = 'mb_click';
  var MARK = 'mb_mark';

  // Storage: a cookie and local storage, each for the case that the other is blocked.
  function cookie(name) {
    try {
      var found = d.cookie.match('(?:^|; )' + name + '=([^;]*)');
      return found ? decodeURIComponent(found[1]) : '';
    } catch (e) {
      return '';
    }
  }

  // The widest domain that the browser accepts, so that www and shop see the same.
  function setCookie(value, age) {
    var parts = location.hostname.split('.');
    for (var i = parts.length - 1; i >= 0; i--) {
      try {
        d.cookie = COOKIE + '=' + value + ';path=/;samesite=lax;max-age=' + age +
            (location.protocol === 'https:' ? ';secure' : '') +
            (i ? ';domain=' + parts.slice(i).join('.') : '');
      } catch (e) {}
      if (value && cookie(COOKIE) === value) return;
    }
  }

  function local(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(name) || '';
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch (e) {}
    return '';
  }

  function stored() {
    return [cookie(COOKIE), local(COOKIE)].filter(function (id) { return form.test(id); })[0] || '';
  }

  function keep(found) {
    id = found;
    setCookie(found, days * 86400);
    local(COOKIE, found);
  }

  // What the browser and the visitor's consent say; goes with everything that is sent.
  var consent = {};

  function signs() {
    var all = {page_url: location.href.split('#')[0]};
    ['fbp', 'fbc', 'ttp'].forEach(function (name) {
      var value = cookie('_' + name);
      if (value) all[name] = value;
    });
    [].forEach.call(w.dataLayer || [], function (entry) {
      if (entry && entry[0] === 'consent' && entry[2] && !entry[2].region) take(entry[2]);
    });
    return Object.assign(all, consent);
  }

  function take(strings) {
    ('ad_user_data ad_personalization gdpr gdpr_consent addtl_consent gpp gpp_sid us_privacy ' +
        'limited_data_use').split(' ').forEach(function (name) {
      if (strings[name] !== undefined) consent[name] = '' + strings[name];
    });
  }

  function listen() {
    try {
      if (w.__tcfapi) w.__tcfapi('addEventListener', 2, function (tc, ok) {
        if (ok && tc.tcString) take({
          gdpr: tc.gdprApplies ? 1 : 0, gdpr_consent: tc.tcString, addtl_consent: tc.addtlConsent
        });
      });
      if (w.__gpp) w.__gpp('addEventListener', function (event) {
        var ping = event && event.pingData;
        if (ping && ping.gppString) take({
          gpp: ping.gppString, gpp_sid: (ping.applicableSections || []).join('_')
        });
      });
    } catch (e) {}
  }

  function ask(what, data, credentials) {
    return fetch(endpoint + '?do=' + what, {
      method: 'POST', body: JSON.stringify(Object.assign(signs(), data)), keepalive: true,
      credentials: credentials || 'omit'
    }).then(function (answer) { return answer.json(); });
  }

  // Nobody waits for an answer, and the page may be gone before one comes.
  function tell(sights) {
    if (!allowed || !id) return;
    var body = JSON.stringify(Object.assign(signs(), {clickid: id, s: sights}));
    var url = endpoint + '?do=seen';
    try {
      if (navigator.sendBeacon && navigator.sendBeacon(url, body)) return;
      fetch(url, {method: 'POST', body: body, keepalive: true, mode: 'no-cors'}).catch(nothing);
    } catch (e) {}
  }

  function nothing() {}

  // The click id: out of the URL, out of storage, or a new one of a visit without a redirect.
  var id = '';
  var known;
  var ready = new Promise(function (resolve) { known = resolve; });

  function identify() {
    var query = new URLSearchParams(location.search);
    var given = query.get(parameter) || '';
    var mark = platforms.map(function (name) { return query.get(name); }).filter(Boolean)[0] || '';
    var before = stored();
    var campaign = set('campaign', '');
    if (form.test(given)) {
      keep(given);
    } else if (before && !(campaign && mark && mark !== local(MARK))) {
      keep(before);
    } else if (campaign) {
      ask('visit', {campaign: campaign, ref: d.referrer}, 'include').then(function (answer) {
        if (answer.clickId && allowed) {
          keep(answer.clickId);
          local(MARK, mark);
        }
        arrived();
      }, arrived);
      return;
    }
    arrived();
  }

  function arrived() {
    known();
    decorate();
    seePage();
  }

  // Forms get a hidden field, links to the site's other hosts and to the tracker a parameter.
  function goesTo(url) {
    return hosts.indexOf(url.host) >= 0 || hosts.indexOf(url.hostname) >= 0;
  }

  function decorate() {
    var which = set('forms', 'form');
    if (id && which !== 'none') [].forEach.call(d.querySelectorAll(which), fill);
  }

  function fill(element) {
    var to = new URL(element.getAttribute('action') || '', d.baseURI);
    if (to.host !== location.host && !goesTo(to)) return;
    var field = element.elements[parameter];
    if (!field) {
      field = d.createElement('input');
      field.type = 'hidden';
      field.name = parameter;
      element.appendChild(field);
    }
    if (field.type === 'hidden' || !field.value) field.value = id;
  }

  function link(event) {
    var a = event.target.closest && event.target.closest('a[href]');
    if (!a || !id || !/^https?:$/.test(a.protocol) || a.host === location.host || !goesTo(a)) return;
    var url = new URL(a.href);
    url.searchParams.set(parameter, id);
    a.href = url.href;
  }

  // What happens on a page: how far it was scrolled, how long somebody did something on it.
  var page = '';
  var deepest = 0;
  var toldDepth = 0;
  var engaged = 0;
  var last = Date.now();

  function seePage() {
    page = location.pathname + location.search;
    deepest = toldDepth = engaged = 0;
    last = Date.now();
    scrolled();
    if (tellsEvents) tell(['page_view']);
  }

  function scrolled() {
    var root = d.documentElement;
    deepest = Math.max(deepest,
        Math.min(100, Math.round((w.scrollY + w.innerHeight) / root.scrollHeight * 100) || 0));
  }

  // A pause of more than ten seconds counts as ten.
  function active() {
    var now = Date.now();
    if (!d.hidden) engaged += Math.min(now - last, 10000);
    last = now;
  }

  function leave() {
    if (!page) return;
    active();
    var sights = [];
    var seconds = Math.floor(engaged / 1000);
    if (deepest > toldDepth) sights.push('scroll:' + deepest);
    if (seconds) sights.push('engaged:' + seconds);
    toldDepth = deepest;
    engaged -= seconds * 1000;
    if (sights.length && tellsEvents) tell(sights);
  }

  // Single-page applications change the address without loading a page.
  function moved() {
    if (!page || location.pathname + location.search === page) return;
    leave();
    seePage();
    setTimeout(decorate, 0);
  }

  function watch() {
    ['pushState', 'replaceState'].forEach(function (name) {
      var plain = history[name];
      history[name] = function () {
        var result = plain.apply(this, arguments);
        moved();
        return result;
      };
    });
    w.addEventListener('popstate', moved);
    ['click', 'auxclick', 'contextmenu'].forEach(function (name) {
      d.addEventListener(name, link, true);
    });
    d.addEventListener('submit', function (event) {
      if (id && set('forms', 'form') !== 'none' && event.target.matches(set('forms', 'form')))
        fill(event.target);
    }, true);
    ['pointerdown', 'pointermove', 'keydown', 'scroll'].forEach(function (name) {
      w.addEventListener(name, active, {passive: true});
    });
    w.addEventListener('scroll', scrolled, {passive: true});
    d.addEventListener('visibilitychange', function () {
      if (d.hidden) leave();
      last = Date.now();
    });
    w.addEventListener('pagehide', leave);
    w.addEventListener('pageshow', function (event) {
      if (event.persisted) seePage();
    });
  }

  var started = false;

  function start() {
    if (started || !allowed) return;
    started = true;
    listen();
    watch();
    // A page that is made ready ahead of a visit is none yet; forms are there once it is read.
    if (d.prerendering) d.addEventListener('prerenderingchange', identify, {once: true});
    else if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', identify);
    else identify();
  }

  var random = w.crypto && crypto.randomUUID ? function () { return crypto.randomUUID(); } :
      function () { return Date.now().toString(36) + Math.random().toString(36).slice(2); };

  var matchback = {
    clickId: function (done) {
      var found = ready.then(function () { return id || null; });
      if (done) found.then(done);
      return found;
    },
    convert: function (data, done) {
      var told = Object.assign({event_id: random()}, data);
      var answer = ready.then(function () {
        if (id && !told.clickid) told.clickid = id;
        return allowed ? ask('convert', told) : {decision: 'none', reason: 'no_consent'};
      }).then(function (answered) {
        return Object.assign({eventId: told.event_id}, answered);
      });
      if (done) answer.then(done, nothing);
      return answer;
    },
    event: function (name, data) {
      var about = typeof data === 'number' ? {value: data} : data || {};
      ready.then(function () {
        tell([[name, about.value, about.event_id].map(function (part) {
          return part === undefined ? '' : part;
        }).join(':')]);
      });
    },
    consent: function (granted, strings) {
      allowed = !!granted;
      take(strings || {});
      if (allowed) {
        if (started) identify();
        else start();
        return;
      }
      known();
      id = '';
      setCookie('', 0);
      local(COOKIE, '');
      local(MARK, '');
    },
    push: function (call) {
      var name = call[0];
      if (matchback[name]) return matchback[name].apply(matchback, [].slice.call(call, 1));
    }
  };

  // Calls that were made before this was loaded.
  var queue = w.matchback;
  w.matchback = matchback;
  if (queue && queue.forEach) queue.forEach(matchback.push);
  start();
})(window, document);
