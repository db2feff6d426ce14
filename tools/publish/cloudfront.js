// A CloudFront function for viewer requests: a page has one address, which ends in a slash. S3 knows files alone.
function handler(event) {
  var request = event.request
  var uri = request.uri
  if (uri.endsWith('/index.html')) return moved(uri.slice(0, -'index.html'.length), request)
  if (uri.endsWith('/')) request.uri = uri + 'index.html'
  else if (!uri.slice(uri.lastIndexOf('/')).includes('.')) return moved(uri + '/', request)
  return request
}

// An address that begins with two strokes, of either kind, would be another host's.
function moved(address, request) {
  var here = address.replace(/^[\/\\]+/, '/') + asked(request.querystring)
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: here } } }
}

// What was asked behind a question mark, as it came: `?embed` has to hold on the page that one is led to.
function asked(query) {
  var pairs = []
  for (var name in query) {
    var all = query[name].multiValue || [query[name]]
    all.forEach(function (one) { pairs.push(one.value ? name + '=' + one.value : name) })
  }
  return pairs.length ? '?' + pairs.join('&') : ''
}
