-- After Quarto has rendered the book: its pages ask two libraries of a public host wherever a notebook shows HTML. No
-- output of ours needs them, so they are taken off, and the book is read without a network.

--- The text without every piece that begins and ends so.
local function without(text, from, to)
  local first = text:find(from, 1, true)
  while first do
    local _, last = text:find(to, first, true)
    if not last then break end
    text = text:sub(1, first - 1) .. text:sub(last + 1):gsub('^\n', '')
    first = text:find(from, first, true)
  end
  return text
end

for path in (os.getenv('QUARTO_PROJECT_OUTPUT_FILES') or ''):gmatch('[^\n]+') do
  local file = path:match('%.html$') and io.open(path, 'rb')
  if file then
    local text = file:read('a')
    file:close()
    local offline = without(text, '<script src="https://cdn.jsdelivr.net/', '</script>')
    offline = without(offline, [[<script type="application/javascript">define('jquery']], '</script>')
    if offline ~= text then
      file = assert(io.open(path, 'wb'))
      file:write(offline)
      file:close()
    end
  end
end
