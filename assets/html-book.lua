-- Pandoc writer for the multi-page HTML book of the built-in renderer: one page a chapter, the side list of parts and
-- chapters, the contents of the page, previous and next, and the search index as a .js file (readable from file://).

local meta, parts = {}, {}

local function text(value) return value and pandoc.utils.stringify(value) or '' end

local function digits(number)
  if meta.digits ~= 'thai' then return number end
  return (number:gsub('%d', function(d) return utf8.char(0xE50 + d) end))
end

local function escape(value)
  return (value:gsub('[&<>"]', {['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;'}))
end

--- A title as it stands in a list of links: its letters, and the signs of words.lua that keep words whole.
local function title_of(inlines)
  local parts = {}
  local function add(words) table.insert(parts, words) end
  pandoc.Inlines(inlines):walk {
    traverse = 'topdown',
    Str = function(str) add(escape(str.text)) end,
    Space = function() add ' ' end,
    SoftBreak = function() add ' ' end,
    LineBreak = function() add ' ' end,
    RawInline = function(raw) if raw.text:match '^</?t%-w>$' or raw.text == '<wbr>' then add(raw.text) end end,
  }
  return table.concat(parts)
end

local function entry(chunk, current)
  local number = chunk.section_number and chunk.section_number ~= ''
    and '<span class="number">' .. digits(chunk.section_number) .. '</span> ' or ''
  return ('<li><a href="%s"%s>%s%s</a></li>'):format(
    chunk.path, chunk == current and ' aria-current="page"' or '', number, title_of(chunk.heading))
end

--- Parts and chapters; the part of the open page is marked so that it may stay open.
local function side_list(chunks, current)
  local lines, part = {'<ul>'}, nil
  for _, chunk in ipairs(chunks) do
    local mine = parts[chunk.id]
    if mine ~= part then
      if part then table.insert(lines, '</ul></li>') end
      if mine then table.insert(lines, '<li class="part"><span>' .. mine .. '</span><ul>') end
      part = mine
    end
    table.insert(lines, entry(chunk, current))
  end
  if part then table.insert(lines, '</ul></li>') end
  table.insert(lines, '</ul>')
  return table.concat(lines, '\n')
end

local function page_contents(chunk)
  local lines = {}
  pandoc.Blocks(chunk.contents):walk {Div = function(div)   -- a section's identifier stands on its Div
    local header = div.classes:includes 'section' and div.content[1]
    if header and header.t == 'Header' and header.level == 2 then
      table.insert(lines, ('<li><a href="#%s">%s</a></li>'):format(div.identifier, title_of(header.content)))
    end
  end}
  return #lines > 1 and '<ul>' .. table.concat(lines, '\n') .. '</ul>' or nil
end

--- As search.js compares it: one form of sara am, no zero-width signs, single blanks.
local function tidy(words)
  local joined = words:gsub('\u{E4D}\u{E32}', '\u{E33}'):gsub('\u{E4D}(\xE0\xB9[\x88-\x8B])\u{E32}', '%1\u{E33}')
  return (joined:gsub('\u{200B}', ''):gsub('\u{200C}', ''):gsub('\u{200D}', ''):gsub('\u{2060}', ''):gsub('\u{AD}', ''):gsub('[ \t\r\n]+', ' '))
end

local SIGNS = {amp = '&', lt = '<', gt = '>', quot = '"', nbsp = ' '}

--- The words between the tags of a table or a panel; marks of words.lua and of notes are no blanks.
local function words_of(html)
  local words = html:gsub('<style.->.-</style>', ''):gsub('<svg.-</svg>', '')
                    :gsub('</?t%-w>', ''):gsub('<wbr>', '')
                    :gsub('</?sup>', ''):gsub('<span class="gt_footnote_marks[^>]*>', ''):gsub('<[^>]*>', ' ')
  return (words:gsub('&#(x?%x+);', function(code) return utf8.char(tonumber((code:gsub('^x', '0x')))) end):gsub('&(%a+);', SIGNS))
end

--- One record a heading: where it is, its words, the words below it.
local function index_records(chunk, records)
  local title = tidy(text(chunk.heading))
  local record, section
  local function add(words) if record and words ~= '' then table.insert(record.words, words) end end
  local function paragraph(block) add(text(block)) return nil, false end
  pandoc.Blocks(chunk.contents):walk {
    traverse = 'topdown',
    Div = function(div)
      if div.classes:includes 'section' then section = div.identifier end
      if div.classes:includes 'float-list' then return nil, false end   -- what it names is found where it stands
    end,
    Header = function(header)
      local at = header.level == 1 and '' or '#' .. section
      record = {url = chunk.path .. at, page = title, title = tidy(text(header.content)), words = {}}
      table.insert(records, record)
      return nil, false
    end,
    Para = paragraph, Plain = paragraph,
    CodeBlock = function(block) add(block.text) end,
    RawBlock = function(raw)
      -- the data of a figure are behind a disclosure, closed; the words of the figure stand in its alternative text
      if raw.text:find('<details class="figure-data">', 1, true) then return nil end
      if raw.format == 'html' then add(words_of(raw.text)) end
    end,
    Image = function(image) add(image.attributes.alt or '') end,
  }
end

local function write_index(chunks, path)
  local records = {}
  for _, chunk in ipairs(chunks) do index_records(chunk, records) end
  for _, record in ipairs(records) do
    record.text, record.words = tidy(table.concat(record.words, ' ')):gsub('^ ', ''):gsub(' $', ''), nil
  end
  local file = assert(io.open(path, 'wb'))
  file:write('window.itabookIndex = ', pandoc.json.encode(records), ';\n')
  file:close()
end

local function numbered_in_digits(blocks)
  return blocks:walk {Header = function(header)
    if header.attributes.number then header.attributes.number = digits(header.attributes.number) return header end
  end}
end

local function page(doc, opts, chunks, i)
  local chunk = chunks[i]
  local function link(other)
    return other and {url = other.path, title = title_of(other.heading)} or nil
  end
  local book_title = text(doc.meta.title)
  local page_title = escape(i == 1 and book_title or text(chunk.heading) .. ' · ' .. book_title)
  opts.variables = {
    pagetitle = page_title, sidebar = side_list(chunks, chunk), contents = page_contents(chunk), front = i == 1 or nil,
    previous = link(chunks[i - 1]), next = link(chunks[i + 1]),
  }
  local blocks = numbered_in_digits(pandoc.Blocks(chunk.contents))
  return pandoc.write(pandoc.Pandoc(blocks, doc.meta), 'html5', opts)
end

function Writer(doc, opts)
  for key, value in pairs(doc.meta.itabook) do
    if key == 'parts' then
      for id, title in pairs(value) do parts[id] = title_of(title) end
    else
      meta[key] = text(value)
    end
  end
  local chunks = {}
  local whole = pandoc.structure.split_into_chunks(doc, {path_template = '%i.html', chunk_level = 1, number_sections = true})
  for _, chunk in ipairs(whole.chunks) do
    if chunk.level == 1 then table.insert(chunks, chunk) end
  end
  for i, chunk in ipairs(chunks) do
    local file = assert(io.open(chunk.path, 'wb'))
    file:write(page(doc, opts, chunks, i))
    file:close()
  end
  write_index(chunks, 'search-index.js')
  return ''
end

function Template() return '' end
