-- After Quarto has rendered the book, what no setting of Quarto and no filter reaches in its pages:
-- * they ask two libraries of a public host wherever a notebook shows HTML. No output of ours needs them, so they are
--   taken off, and the book is read without a network;
-- * some titles stand in them as the markdown of outputs/book.yml, and one label is English;
-- * a chart on a phone is moved in its own box, which the keyboard must reach;
-- * in a book with Thai digits, the numbers of chapters and references are in Arabic ones.

local CRUMBS = 'ตำแหน่งในรายงาน'

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

local function offline(text)
  text = without(text, '<script src="https://cdn.jsdelivr.net/', '</script>')
  return without(text, [[<script type="application/javascript">define('jquery']], '</script>')
end

--- Markdown, escaped as itabook.words.escape_title does, as the text that it stands for.
local function unescaped(text) return (text:gsub('\\(%p)', '%1')) end

local function unescaped_twice(text) return (unescaped(text):gsub('&amp;(%l%l%l?);', '&%1;')) end

local function plain_titles(text)
  return (text:gsub('<title>.-</title>', unescaped_twice)
              :gsub('<ol class="breadcrumb">.-</ol>', unescaped)
              :gsub('(class="pagination%-link" aria%-label=)(%b"")', function(from, label)
                return from .. unescaped_twice(label)
              end)
              :gsub('aria%-label="breadcrumb"', 'aria-label="' .. CRUMBS .. '"'))
end

local function chart_boxes(text)
  return (text:gsub('<div aria%-describedby=("[^"]*")>(%s*<img )',
    '<div class="chart-box" tabindex="0" role="region" aria-labelledby=%1>%2'))
end

local function thai(number) return (number:gsub('%d', function(digit) return utf8.char(0xE50 + digit) end)) end

local function with_thai_digits(text)
  local function second(from, number) return from .. thai(number) end
  return (text:gsub('(<title>)(%d+)', second)
              :gsub('(class="chapter%-number">)([%d.]+)', second)
              :gsub('(class="quarto%-xref">.-</a>)', function(link) return (link:gsub('<span>[%d.]+', thai)) end))
end

local function read(path)
  local file = io.open(path, 'rb')
  if not file then return nil end
  local text = file:read('a')
  file:close()
  return text
end

local settings = read('outputs/book.yml') or ''
local is_thai = settings:find('\n  digits: thai', 1, true)

for path in (os.getenv('QUARTO_PROJECT_OUTPUT_FILES') or ''):gmatch('[^\n]+') do
  local text = path:match('%.html$') and read(path)
  if text then
    local made = chart_boxes(plain_titles(offline(text)))
    if is_thai then made = with_thai_digits(made) end
    if made ~= text then
      local file = assert(io.open(path, 'wb'))
      file:write(made)
      file:close()
    end
  end
end
