// Sends the form without leaving the page and keeps what was typed until the desk has it. Written for old browsers;
// without it the form is sent as forms are.
(function () {
  'use strict';
  var form = document.getElementById('report');
  var words = document.getElementById('words');
  if (!form || !words || !window.XMLHttpRequest) return;
  var send = document.getElementById('send');
  var problem = document.getElementById('problem');
  var done = document.getElementById('done');
  var photo = document.getElementById('photo');
  var retry = null;
  var fields = ['id', 'category', 'text', 'place', 'latitude', 'longitude', 'accuracy', 'sender_latitude',
                'sender_longitude', 'name', 'phone', 'email'];
  var pin = null, self = null, map = null; // where it is said to be, where the phone is; each only if the person wants
  var mostPhotos = 6;

  function word(key) { return words.getAttribute('data-' + key) || ''; }
  function field(name) { return form.elements[name]; }
  function valueOf(name) {
    if (name !== 'category') return field(name).value;
    var all = field('category');
    for (var i = 0; i < all.length; i++) if (all[i].checked) return all[i].value;
    return '';
  }

  // A draft outlives a closed browser and an empty battery; its id makes a second sending the same report.
  function keep() {
    try {
      var draft = {};
      for (var i = 0; i < fields.length; i++) draft[fields[i]] = valueOf(fields[i]);
      draft.pin = pin;
      window.localStorage.setItem('draft', JSON.stringify(draft));
    } catch (e) { /* private browsing: then nothing is kept */ }
  }
  function forget() { try { window.localStorage.removeItem('draft'); } catch (e) { /* as above */ } }
  function restore() {
    try {
      var draft = JSON.parse(window.localStorage.getItem('draft') || 'null');
      if (!draft || !draft.text) return;
      for (var i = 0; i < fields.length; i++) {
        var name = fields[i];
        if (name === 'category') {
          var all = field('category');
          for (var j = 0; j < all.length; j++) all[j].checked = all[j].value === draft.category;
        } else if (name.indexOf('itude') < 0 && name !== 'accuracy' && draft[name]) {
          field(name).value = draft[name];
        }
      }
      if (draft.pin && isFinite(draft.pin.latitude) && isFinite(draft.pin.longitude)) setPin(draft.pin);
    } catch (e) { /* a broken draft is no draft */ }
  }

  function complain(text) { problem.textContent = text; problem.hidden = !text; }
  function ready() { send.disabled = false; send.textContent = word('send'); }
  function again(seconds, text) {
    complain(text);
    ready();
    window.clearTimeout(retry);
    retry = window.setTimeout(submit, seconds * 1000);
  }

  function urlencoded() {
    var parts = [];
    for (var i = 0; i < fields.length; i++)
      parts.push(encodeURIComponent(fields[i]) + '=' + encodeURIComponent(valueOf(fields[i])));
    return parts.join('&');
  }

  // The form with its photos; where the browser cannot, the words go alone.
  function multipart() {
    var body = new window.FormData();
    for (var i = 0; i < fields.length; i++) body.append(fields[i], valueOf(fields[i]));
    var chosen = photo.files;
    for (var j = 0; j < chosen.length && j < mostPhotos; j++) body.append('photo', chosen[j], 'photo');
    return body;
  }

  function submit() {
    window.clearTimeout(retry);
    var withPhotos = window.FormData && photo && photo.files && photo.files.length > 0;
    keep();
    complain('');
    send.disabled = true;
    send.textContent = word('sending');
    var request = new XMLHttpRequest();
    request.open('POST', '/reports');
    if (!withPhotos) request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.setRequestHeader('Accept', 'application/json');
    request.timeout = withPhotos ? 300000 : 30000;
    request.onload = function () {
      var answer = {};
      try { answer = JSON.parse(request.responseText); } catch (e) { /* told by the status */ }
      if (request.status === 200 || request.status === 201) {
        var id = (answer.ids && answer.ids[0]) || '';
        var digits = id.replace(/-/g, '').toUpperCase().slice(-8);
        document.getElementById('receipt-short').textContent = digits.length < 8 ? digits : digits.slice(0, 4) + '-' + digits.slice(4);
        document.getElementById('receipt').textContent = id;
        if (withPhotos && answer.deviations && answer.deviations.length) {
          var left = document.getElementById('photo-left');
          left.textContent = word('photoleft');
          left.hidden = false;
        }
        forget();
        form.hidden = true;
        done.hidden = false;
        done.focus();
      } else if (request.status >= 500) {
        again(parseInt(request.getResponseHeader('Retry-After'), 10) || 5, word('busy'));
      } else {
        complain(word('failed') + (answer.reason ? ' (' + answer.reason + ')' : ''));
        ready();
      }
    };
    request.onerror = request.ontimeout = function () { again(10, word('offline')); };
    request.send(withPhotos ? multipart() : urlencoded());
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    submit();
  });
  form.addEventListener('change', keep);
  if (photo) photo.addEventListener('change', function () {
    var many = photo.files && photo.files.length > mostPhotos;
    document.getElementById('photo-note').textContent = word(many ? 'photomany' : 'photos');
  });

  // What goes with the report: the pin if there is one, and then the phone's position as where the sender stands.
  function places() {
    var at = pin || self;
    field('latitude').value = at ? String(at.latitude) : '';
    field('longitude').value = at ? String(at.longitude) : '';
    field('accuracy').value = at ? String(at.accuracy) : '';
    field('sender_latitude').value = pin && self ? String(self.latitude) : '';
    field('sender_longitude').value = pin && self ? String(self.longitude) : '';
    document.getElementById('pin-remove').hidden = !pin;
    if (pin)
      document.getElementById('pinned').textContent = word(self ? 'pinnedself' : 'pinned') + ' ' + pin.latitude.toFixed(5) +
        ', ' + pin.longitude.toFixed(5) + ' (±\u00a0' + pin.accuracy + '\u00a0m)';
  }
  function setPin(to) {
    pin = to;
    if (!pin) document.getElementById('pinned').textContent = word('unpinned');
    if (map) map.setPin(pin);
    places();
    keep();
  }

  var locate = document.getElementById('locate');
  var located = document.getElementById('located');
  function setSelf(to, text) {
    self = to;
    located.textContent = text;
    locate.textContent = word(self ? 'unlocate' : 'locate');
    if (map) map.setSelf(self);
    places();
  }
  // Browsers give a position only to pages of https and of the machine itself; elsewhere words and the map must do.
  if (navigator.geolocation && window.isSecureContext !== false) {
    locate.hidden = false;
    locate.addEventListener('click', function () {
      if (self) return setSelf(null, word('unlocated'));
      located.textContent = word('locating');
      navigator.geolocation.getCurrentPosition(function (found) {
        var metres = Math.round(found.coords.accuracy);
        setSelf({ latitude: found.coords.latitude, longitude: found.coords.longitude, accuracy: metres },
                word('located') + ' ± ' + metres + ' m');
      }, function () {
        located.textContent = word('notlocated');
      }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
    });
  }

  // The map is fetched only when somebody wants it: a phone in a disaster has little to spare.
  var showMap = document.getElementById('show-map');
  var mapPart = document.getElementById('map-part');
  function openMap(info) {
    var box = document.getElementById('map');
    mapPart.hidden = false;
    showMap.hidden = true;
    box.querySelector('.source').textContent = info.attribution || '';
    map = new window.TocsinMap(box, info, document.documentElement.lang === 'en' ? 'en' : 'zh_CN', function (at, metres) {
      setPin({ latitude: at.latitude, longitude: at.longitude, accuracy: metres });
    });
    map.setSelf(self);
    if (pin) {
      map.setPin(pin);
      map.show(pin);
    }
    box.focus();
    document.getElementById('map-in').addEventListener('click', function () { map.zoomBy(1); });
    document.getElementById('map-out').addEventListener('click', function () { map.zoomBy(-1); });
    document.getElementById('pin-middle').addEventListener('click', function () { map.pinMiddle(); });
    document.getElementById('pin-remove').addEventListener('click', function () { setPin(null); box.focus(); });
  }
  function offerMap() {
    var ask = new XMLHttpRequest();
    ask.open('GET', '/map.json');
    ask.onload = function () {
      var info = null;
      try { info = JSON.parse(ask.responseText); } catch (e) { /* then there is no map */ }
      if (ask.status !== 200 || !info) return;
      showMap.hidden = false;
      showMap.addEventListener('click', function () { openMap(info); });
    };
    ask.send();
  }
  if (window.TocsinMap) offerMap();
  restore();
}());
