-- After Quarto has rendered the book, what no setting of Quarto and no filter reaches in its pages:
-- * they ask two libraries of a public host wherever a notebook shows HTML. No output of ours needs them, so they are
--   taken off, and the book is read without a network;
-- * some titles stand in them as the markdown of outputs/book.yml, and one label is English;
-- * a chart on a phone is moved in its own box, which the keyboard must reach, and which charts.js opens where it matters;
-- * words in titles and lists of chapters are broken anywhere, as no filter sees those; the front page has no date;
-- * what the lists of figures and tables name would be found there too, above the figures and tables themselves;
-- * in a book with Thai digits, the numbers of chapters and references are in Arabic ones.

local CRUMBS = 'ตำแหน่งในรายงาน'
local DATE = '<div><div class="quarto-title-meta-heading">วันที่จัดทำ</div>'
  .. '<div class="quarto-title-meta-contents"><p>%s</p></div></div>'
local TITLES = {
  '<h1 class="title">.-</h1>', '<p class="subtitle lead">.-</p>', '<div class="sidebar%-title[^"]*">.-</div>',
  '<span class="menu%-text">.-</a>', '<span class="nav%-page%-text">.-</a>', '<ol class="breadcrumb">.-</ol>',
}

local here = PANDOC_SCRIPT_FILE or arg[0]
local lines = dofile(pandoc.path.directory(here) .. '/filters/line_ends.lua')

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

--- Words of titles kept whole, as words.lua keeps those of the text.
local function kept(text)
  for _, title in ipairs(TITLES) do text = text:gsub(title, lines.in_html) end
  return text
end

--- The day the book was made, after its author.
local function dated(text, date)
  local author = '<div class="quarto%-title%-meta">%s*<div>.-</p>%s*</div>%s*</div>'
  return date and text:gsub(author, function(from) return from .. DATE:format(lines.in_html(date)) end, 1) or text
end

local function with_script(text, script)
  return (text:gsub('</body>', function(to) return '<script>' .. script .. '</script>\n' .. to end, 1))
end

local function read(path)
  local file = io.open(path, 'rb')
  if not file then return nil end
  local text = file:read('a')
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

--- The index of search without what the lists of figures and tables hold.
local function without_lists(index)
  local records = pandoc.json.decode(index, false)
  local others = {}
  for _, record in ipairs(records) do
    local of = record.href:match('#.*$')
    if of ~= '#list-of-figures' and of ~= '#list-of-tables' then table.insert(others, record) end
  end
  return #others < #records and pandoc.json.encode(others) or index
end

local settings = read('outputs/book.yml') or ''
local is_thai = settings:find('\n  digits: thai', 1, true)
local date = settings:match('\n  date: ([^\n]+)')
local script = read(pandoc.path.directory(here) .. '/charts.js')
if read('outputs/pieces.txt') then lines.read('outputs/pieces.txt') end

for path in (os.getenv('QUARTO_PROJECT_OUTPUT_FILES') or ''):gmatch('[^\n]+') do
  local text = path:match('%.html$') and read(path)
  if text then
    local made = with_script(kept(chart_boxes(plain_titles(offline(text)))), script)
    if path:match('[^/\\]+$') == 'index.html' then made = dated(made, date) end
    write(path, is_thai and with_thai_digits(made) or made)
  end
end

local index = (os.getenv('QUARTO_PROJECT_OUTPUT_DIR') or '.') .. '/search.json'
local found = read(index)
if found then write(index, without_lists(found)) end
