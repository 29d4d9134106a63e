-- Where a line of Thai may end: between the pieces that src/itabook/line_breaks.py finds, which the publisher writes into
-- pieces.txt. No letter is added to what search and copy give.
-- HTML:  a piece that a browser might break stands in <t-w>, which book.css does not wrap, and <wbr> between two.
-- Typst: each piece is a box; a line may end between two boxes.
-- In a book with Thai digits, numbers of the running text are set in them; codes and addresses (O42) are not.

local typst = FORMAT == 'typst'
local place = quarto and quarto.project.directory .. '/outputs/pieces.txt' or 'pieces.txt'
local here = quarto and quarto.project.directory .. '/assets/filters' or pandoc.path.directory(PANDOC_SCRIPT_FILE)
local lines = dofile(here .. '/line_ends.lua')

local function boxed(piece) return '#box[' .. piece .. '];' end

--- A text in Typst's markup. A piece that is wider than the line of a narrow cell (see tables.lua) is set word by word.
local function in_typst(text)
  local out, most = {}, nil
  local function add(one) table.insert(out, one) end
  local function keep(piece)
    if not most or lines.letters(piece) <= most then return add(boxed(piece)) end
    for word in lines.words(piece) do add(boxed(word)) end
  end
  local function rest(other)
    for letters in other:gmatch('/%*line=(%d*)%*/') do most = tonumber(letters) end
    add(other)
  end
  lines.each(text, keep, rest, function() end)
  return table.concat(out)
end

local thai_digits = false

--- Numbers in the digits of the book; what holds a Latin letter is no number.
local function in_digits(text)
  if not thai_digits or text:find('%a') then return text end
  return (text:gsub('%d', function(digit) return utf8.char(0xE50 + digit) end))
end

local function tag(text) return pandoc.RawInline('html', text) end

local function in_inlines(text)
  local out = pandoc.Inlines {}
  lines.each(text, function(piece)
    if typst then out:insert(pandoc.RawInline('typst', boxed(piece)))
    elseif lines.may_break(piece) then out:extend {tag '<t-w>', pandoc.Str(piece), tag '</t-w>'}
    else out:insert(pandoc.Str(piece)) end
  end, function(rest)
    out:insert(rest:match('^ +$') and pandoc.Space() or pandoc.Str(in_digits(rest)))
  end, function()
    if not typst then out:insert(tag '<wbr>') end
  end)
  return out
end

local inlines

local function inside(element)
  if element.classes and element.classes:includes 'hidden' then return element end   -- Quarto's titles for menus
  if element.t == 'Note' then
    element.content = element.content:walk {traverse = 'topdown', Inlines = inlines}
  elseif pandoc.utils.type(element.content) == 'Inlines' then
    element.content = inlines(element.content)
  end
  return element
end

--- Words and blanks in a row are one text.
inlines = function(list)
  local out, text = pandoc.Inlines {}, ''
  local function flush()
    if text ~= '' then out:extend(in_inlines(text)) end
    text = ''
  end
  for _, element in ipairs(list) do
    if element.t == 'Str' then text = text .. element.text
    elseif element.t == 'Space' or element.t == 'SoftBreak' then text = text .. ' '
    else
      flush()
      out:insert(inside(element))
    end
  end
  flush()
  return out, false
end

--- Tables: on paper as assets/filters/tables.lua writes them; on screen the text between tags, where the block is no script,
--- style or drawing, and no data behind a figure, which would weigh as much again.
local function raw(block)
  local part = typst and block.text:match('^#part%[(.*)%]$')   -- Quarto puts the words of a part there as they are
  if part then
    local title = in_inlines(part)
    title:insert(1, pandoc.RawInline('typst', '#part['))
    title:insert(pandoc.RawInline('typst', ']'))
    return pandoc.Plain(title), false
  end
  if typst then
    if block.text:find('^#table%-and%-notes') then block.text = in_typst(block.text) end
  elseif block.format == 'html' and not block.text:find('<s[ctv][ryg]') and not block.text:find('^<details') then
    block.text = lines.in_html(block.text)
  end
  return block, false
end

local function leave_hidden(div)
  if div.classes:includes 'hidden' then return div, false end
end

--- What the pages of the built-in renderer say around the text; these are plain texts there.
local function keep_names(meta)
  local function kept(text) return inlines(pandoc.Inlines(pandoc.utils.stringify(text))) end
  for _, key in ipairs {'title', 'subtitle', 'author'} do
    if meta[key] then meta[key] = kept(meta[key]) end
  end
  for id, title in pairs(meta.itabook.parts or {}) do meta.itabook.parts[id] = kept(title) end
end

function Pandoc(doc)
  if not (typst or FORMAT:find('html') or FORMAT:find('%.lua$')) then return nil end
  lines.read(place)
  local book = doc.meta.itabook
  thai_digits = book ~= nil and book.digits ~= nil and pandoc.utils.stringify(book.digits) == 'thai'
  doc.blocks = doc.blocks:walk {traverse = 'topdown', Inlines = inlines, RawBlock = raw, Div = leave_hidden}
  if book and not typst and not quarto then keep_names(doc.meta) end
  return doc
end
