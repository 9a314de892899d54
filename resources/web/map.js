// A map of the desk's own tiles to set a pin on: by finger, mouse or keys. Written for old browsers, like page.js.
(function () {
  'use strict';
  var edge = 512;

  function toWorld(place) {
    var sine = Math.sin(Math.max(-85, Math.min(85, place.latitude)) * Math.PI / 180);
    return { x: place.longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
  }
  function fromWorld(point) {
    return { latitude: Math.atan((Math.exp((0.5 - point.y) * 2 * Math.PI) - Math.exp((point.y - 0.5) * 2 * Math.PI)) / 2) * 180 / Math.PI,
             longitude: (point.x - 0.5) * 360 };
  }
  function clamp(value, low, high) { return Math.max(low, Math.min(high, value)); }

  // box: the element that becomes the map; info: what /map.json says; pinned(place, metres): called when a person has
  // set the pin, with how exactly such a tap can be meant.
  window.TocsinMap = function (box, info, language, pinned) {
    var sheet = box.querySelector('.tiles');
    var pinMark = box.querySelector('.pin');
    var selfMark = box.querySelector('.self');
    var light = window.matchMedia && window.matchMedia('(prefers-color-scheme: light)');
    var fine = (window.devicePixelRatio || 1) > 1.4;
    var lowest = info.lowestZoom, highest = info.highestZoom;
    var northWest = toWorld({ latitude: info.north, longitude: info.west });
    var southEast = toWorld({ latitude: info.south, longitude: info.east });
    var centre = toWorld(info);
    var zoom = Math.min(highest, lowest + 1);
    var pin = null, self = null;
    var tiles = {};

    function scale() { return edge * Math.pow(2, zoom); }
    function place(element, where) {
      element.hidden = !where;
      if (!where) return;
      var at = toWorld(where);
      element.style.left = (at.x - centre.x) * scale() + box.clientWidth / 2 + 'px';
      element.style.top = (at.y - centre.y) * scale() + box.clientHeight / 2 + 'px';
    }

    function address(tile) {
      return '/map/' + (light && light.matches ? 'light' : 'dark') + '/' + language + '/' + tile.z + '/' + tile.x + '/' +
        tile.y + (fine ? '@2x' : '') + '.png';
    }
    // The desk may be busy: asked again after pauses that grow, while the tile is still wanted.
    function load(tile) {
      tile.img.onload = function () { tile.there = true; tile.img.style.visibility = 'visible'; draw(); };
      tile.img.onerror = function () {
        if (++tile.tries > 6) { tile.there = true; return; }
        window.setTimeout(function () {
          if (tiles[tile.key] === tile) tile.img.src = address(tile) + '?' + tile.tries;
        }, 500 * Math.pow(2, tile.tries));
      };
      tile.img.src = address(tile);
    }
    function wish(z, x, y) {
      var key = z + '/' + x + '/' + y;
      if (tiles[key]) return tiles[key];
      var img = document.createElement('img');
      img.alt = '';
      img.draggable = false;
      img.style.visibility = 'hidden';
      var tile = { key: key, z: z, x: x, y: y, img: img, there: false, tries: 0 };
      tiles[key] = tile;
      sheet.appendChild(img);
      load(tile);
      return tile;
    }
    function drop(tile) {
      tile.img.onload = tile.img.onerror = null;
      sheet.removeChild(tile.img);
      delete tiles[tile.key];
    }

    function draw() {
      var width = box.clientWidth, height = box.clientHeight;
      if (!width) return;
      var z = clamp(Math.round(zoom), lowest, highest);
      var count = Math.pow(2, z);
      var half = { x: width / 2 / scale(), y: height / 2 / scale() };
      var west = Math.floor(Math.max(centre.x - half.x, northWest.x) * count);
      var east = Math.floor(Math.min(centre.x + half.x, southEast.x) * count);
      var north = Math.floor(Math.max(centre.y - half.y, northWest.y) * count);
      var south = Math.floor(Math.min(centre.y + half.y, southEast.y) * count);
      var whole = true, wanted = {};
      for (var x = west; x <= east; x++)
        for (var y = north; y <= south; y++) {
          var tile = wish(z, x, y);
          wanted[tile.key] = true;
          whole = whole && tile.there;
        }
      for (var key in tiles) {
        var one = tiles[key];
        // Those of another zoom stay below until the new ones are there.
        if (!wanted[key] && (whole || one.z === z || !one.there)) { drop(one); continue; }
        var size = scale() / Math.pow(2, one.z);
        var left = Math.round((one.x / Math.pow(2, one.z) - centre.x) * scale() + width / 2);
        var top = Math.round((one.y / Math.pow(2, one.z) - centre.y) * scale() + height / 2);
        one.img.style.left = left + 'px';
        one.img.style.top = top + 'px';
        one.img.style.width = one.img.style.height = Math.ceil(size) + 'px';
        one.img.style.zIndex = one.z === z ? 2 : 1;
      }
      place(pinMark, pin);
      place(selfMark, self);
    }

    function pointAt(x, y) {
      return { x: centre.x + (x - box.clientWidth / 2) / scale(), y: centre.y + (y - box.clientHeight / 2) / scale() };
    }
    function moveBy(dx, dy) {
      centre.x = clamp(centre.x - dx / scale(), northWest.x, southEast.x);
      centre.y = clamp(centre.y - dy / scale(), northWest.y, southEast.y);
      draw();
    }
    // The point under the fingers stays there.
    function zoomTo(to, x, y) {
      var held = pointAt(x, y);
      zoom = clamp(to, lowest, highest);
      centre.x = clamp(held.x - (x - box.clientWidth / 2) / scale(), northWest.x, southEast.x);
      centre.y = clamp(held.y - (y - box.clientHeight / 2) / scale(), northWest.y, southEast.y);
      draw();
    }
    function zoomBy(step) { zoomTo(Math.round(zoom) + step, box.clientWidth / 2, box.clientHeight / 2); }
    function setPin(point) {
      pin = fromWorld(point);
      var metres = 40075016.686 * Math.cos(pin.latitude * Math.PI / 180) / scale() * 12;
      draw();
      pinned(pin, Math.max(1, Math.round(metres)));
    }

    // One finger or the mouse moves the map, two zoom it, a tap sets the pin.
    var hold = null;
    function begin(points) {
      hold = { points: points, moved: hold && points.length > 1 ? true : false, zoom: zoom };
    }
    function middle(points) {
      return points.length < 2 ? points[0] : { x: (points[0].x + points[1].x) / 2, y: (points[0].y + points[1].y) / 2 };
    }
    function apart(points) { return Math.sqrt(Math.pow(points[0].x - points[1].x, 2) + Math.pow(points[0].y - points[1].y, 2)); }
    function drag(points) {
      if (!hold) return;
      if (points.length !== hold.points.length) { var had = hold.moved; begin(points); hold.moved = had || points.length > 1; return; }
      var before = middle(hold.points), now = middle(points);
      if (!hold.moved && Math.abs(now.x - before.x) + Math.abs(now.y - before.y) < 10 && points.length < 2) return;
      hold.moved = true;
      moveBy(now.x - before.x, now.y - before.y);
      if (points.length > 1 && apart(hold.points) > 10)
        zoomTo(zoom + Math.log(Math.max(10, apart(points)) / apart(hold.points)) / Math.LN2, now.x, now.y);
      hold.points = points;
    }
    function end(points) {
      if (!hold) return;
      if (points.length) { var moved = hold.moved; begin(points); hold.moved = moved; return; }
      if (!hold.moved) setPin(pointAt(hold.points[0].x, hold.points[0].y));
      hold = null;
    }
    function pointsOf(touches) {
      var frame = box.getBoundingClientRect(), out = [];
      for (var i = 0; i < touches.length && i < 2; i++)
        out.push({ x: touches[i].clientX - frame.left, y: touches[i].clientY - frame.top });
      return out;
    }
    function onControl(event) { return event.target && event.target.tagName === 'BUTTON'; }
    box.addEventListener('touchstart', function (event) {
      if (onControl(event)) return;
      event.preventDefault();
      box.focus();
      begin(pointsOf(event.touches));
    }, { passive: false });
    box.addEventListener('touchmove', function (event) {
      if (!hold) return;
      event.preventDefault();
      drag(pointsOf(event.touches));
    }, { passive: false });
    box.addEventListener('touchend', function (event) { if (hold) { event.preventDefault(); end(pointsOf(event.touches)); } });
    box.addEventListener('touchcancel', function () { hold = null; });
    box.addEventListener('mousedown', function (event) {
      if (event.button !== 0 || onControl(event)) return;
      event.preventDefault();
      box.focus();
      begin(pointsOf([event]));
    });
    window.addEventListener('mousemove', function (event) { if (hold) drag(pointsOf([event])); });
    window.addEventListener('mouseup', function () { if (hold) end([]); });
    box.addEventListener('wheel', function (event) {
      event.preventDefault();
      var at = pointsOf([event])[0];
      zoomTo(zoom - clamp(event.deltaY, -100, 100) / 200, at.x, at.y);
    }, { passive: false });
    box.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey || onControl(event)) return;
      var step = event.shiftKey ? 15 : 60;
      switch (event.key) {
        case 'ArrowLeft': case 'Left': moveBy(step, 0); break;
        case 'ArrowRight': case 'Right': moveBy(-step, 0); break;
        case 'ArrowUp': case 'Up': moveBy(0, step); break;
        case 'ArrowDown': case 'Down': moveBy(0, -step); break;
        case '+': case '=': zoomBy(1); break;
        case '-': case '_': zoomBy(-1); break;
        case 'Enter': case ' ': case 'Spacebar': setPin({ x: centre.x, y: centre.y }); break;
        default: return;
      }
      event.preventDefault();
    });
    window.addEventListener('resize', draw);
    var relook = function () {
      for (var key in tiles) drop(tiles[key]);
      draw();
    };
    if (light && light.addEventListener) light.addEventListener('change', relook);
    else if (light && light.addListener) light.addListener(relook);

    this.zoomBy = zoomBy;
    this.pinMiddle = function () { setPin({ x: centre.x, y: centre.y }); };
    this.setPin = function (where) { pin = where; draw(); };
    // Where the phone is; the first time the map goes there, if it is on it.
    this.setSelf = function (where) {
      var at = where && toWorld(where);
      if (at && !self && !pin && at.x > northWest.x && at.x < southEast.x && at.y > northWest.y && at.y < southEast.y) {
        centre = at;
        zoom = Math.min(highest, 15);
      }
      self = where;
      draw();
    };
    this.show = function (where) {
      centre = toWorld(where);
      zoom = Math.min(highest, 15);
      draw();
    };
    this.draw = draw;
    draw();
  };
}());
