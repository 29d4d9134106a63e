-- Where a line of Thai may end: between the pieces that src/itabook/line_breaks.py finds, which the publisher writes into
-- pieces.txt. No letter is added to what search and copy give.
-- HTML:  a piece that a browser might break stands in <t-w>, which book.css does not wrap, and <wbr> between two.
-- Typst: each piece is a box; a line may end between two boxes.
-- In a book with Thai digits, numbers of the running text are set in them; codes and addresses (O42) are not.

local typst = FORMAT == 'typst'
local place = quarto and quarto.project.directory .. '/outputs/pieces.txt' or 'pieces.txt'
local NO_BREAK = '\u{A0}'
local CERTAIN = 3   -- letters of a word that no browser breaks
local pieces, before, units = {}, {}, {}

--- One line a run of Thai letters: the run, a tab, its pieces; two more lines name what stays with a number.
local function read_pieces()
  for line in io.lines(place) do
    local run, rest = line:match('^(.-)\t(.*)$')
    local list = {}
    for piece in rest:gmatch('[^|]+') do table.insert(list, piece) end
    if run == 'before' then before = list
    elseif run == 'units' then for _, unit in ipairs(list) do units[unit] = true end
    else pieces[run] = list end
  end
end

local function thai_at(text, at)   -- U+0E01-0E3A and U+0E40-0E4E, as line_breaks.RUN
  return text:match('^\xE0\xB8[\x81-\xBA]', at) or text:match('^\xE0\xB9[\x80-\x8E]', at)
end

--- The text as runs of Thai, blanks, and all else: {text, kind}, kind being 'run', 'blank' or nil.
local function tokens(text)
  local found, at = {}, 1
  local function kind_at(place)
    if thai_at(text, place) then return 'run', 3 end
    if text:byte(place) == 32 then return 'blank', 1 end
    return nil, #text:match(utf8.charpattern, place)
  end
  while at <= #text do
    local kind, long = kind_at(at)
    local last = at + long
    while last <= #text do
      local next_kind, more = kind_at(last)
      if next_kind ~= kind then break end
      last = last + more
    end
    table.insert(found, {text = text:sub(at, last - 1), kind = kind})
    at = last
  end
  return found
end

local function ends_with_number(text) return text:match('%d$') or text:match('\xE0\xB9[\x90-\x99]$') end
local function begins_with_number(text) return text:match('^%d') or text:match('^\xE0\xB9[\x90-\x99]') end

--- Whether what stands after a blank stays with what stands before it, as LineBreaks._belongs says.
local function belongs(said, token)
  if not token then return false end
  if token.kind == 'run' then
    local first = pieces[token.text] and pieces[token.text][1] or token.text
    return first:sub(1, 3) == 'ๆ' or (ends_with_number(said) and units[first])
  end
  if not begins_with_number(token.text) then return false end
  for _, word in ipairs(before) do
    if said:sub(-#word) == word then return true end
  end
end

local function dash_at(text) return text:match('^%-') or text:match('^–') or text:match('^—') end

--- Goes through a text: `piece(text)` for each piece of Thai, `rest(text)` for all else, `between()` between two pieces.
local function each(text, piece, rest, between)
  local list, said = tokens(text), ''
  for i, token in ipairs(list) do
    local after = list[i + 1]
    local short = after and after.text:sub(1, 1) == '.' and utf8.len(token.text) <= 4   -- พ.ศ., เม.ย.
    if token.kind == 'run' and not short and pieces[token.text] then
      for n, one in ipairs(pieces[token.text]) do
        if n > 1 then between() end
        local dash = n == #pieces[token.text] and after and not after.kind and dash_at(after.text)
        if dash then after.text = after.text:sub(#dash + 1) end
        piece(one .. (dash or ''))
      end
    elseif token.kind == 'blank' and belongs(said, after) then
      rest(NO_BREAK)
    elseif token.text ~= '' then
      rest(token.text)
    end
    said = said .. token.text
  end
end

local function may_break(piece) return utf8.len(piece) > CERTAIN end

local function boxed(piece) return '#box[' .. piece .. '];' end

local function kept(piece) return may_break(piece) and '<t-w>' .. piece .. '</t-w>' or piece end

--- A text in the markup of the page.
local function in_markup(text)
  local out = {}
  local function add(one) table.insert(out, one) end
  each(text, function(piece) add(typst and boxed(piece) or kept(piece)) end, add,
       function() if not typst then add '<wbr>' end end)
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
  each(text, function(piece)
    if typst then out:insert(pandoc.RawInline('typst', boxed(piece)))
    elseif may_break(piece) then out:extend {tag '<t-w>', pandoc.Str(piece), tag '</t-w>'}
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
    if block.text:find('^#table%-and%-notes') then block.text = in_markup(block.text) end
  elseif block.format == 'html' and not block.text:find('<s[ctv][ryg]') and not block.text:find('^<details') then
    block.text = ('>' .. block.text .. '<'):gsub('>([^<>]+)<', function(text) return '>' .. in_markup(text) .. '<' end):sub(2, -2)
  end
  return block, false
end

local function leave_hidden(div)
  if div.classes:includes 'hidden' then return div, false end
end

function Pandoc(doc)
  if not (typst or FORMAT:find('html') or FORMAT:find('%.lua$')) then return nil end
  read_pieces()
  local book = doc.meta.itabook
  thai_digits = book ~= nil and book.digits ~= nil and pandoc.utils.stringify(book.digits) == 'thai'
  doc.blocks = doc.blocks:walk {traverse = 'topdown', Inlines = inlines, RawBlock = raw, Div = leave_hidden}
  for _, key in ipairs(quarto and {} or {'title', 'subtitle'}) do
    if pandoc.utils.type(doc.meta[key]) == 'Inlines' then doc.meta[key] = inlines(doc.meta[key]) end
  end
  return doc
end
