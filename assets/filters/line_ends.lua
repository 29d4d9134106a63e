-- Where a line of Thai may end, as src/itabook/line_breaks.py finds it and the publisher writes it into pieces.txt: what the filters
-- words.lua and tables.lua and assets/quarto-pages.lua share.

local NO_BREAK = '\u{A0}'
local CERTAIN = 3   -- letters of a word that no browser breaks
local pieces, words, before, units = {}, {}, {}, {}
local lines = {}

--- One line a run of Thai letters: the run, a tab, its pieces, those of several words with a stroke between these; two
--- more lines name what stays with a number.
function lines.read(place)
  for line in io.lines(place) do
    local run, rest = line:match('^(.-)\t(.*)$')
    local list = {}
    for piece in rest:gmatch('[^|]+') do
      local whole = piece:gsub('/', '')
      if whole ~= piece then words[whole] = piece end
      table.insert(list, whole)
    end
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
function lines.each(text, piece, rest, between)
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

--- Letters that take room: Thai vowels and tone marks above and below take none.
function lines.letters(text)
  local _, above_or_below = text:gsub('\xE0\xB8[\xB1\xB4-\xBA]', '')
  local _, signs = text:gsub('\xE0\xB9[\x87-\x8E]', '')
  return utf8.len(text) - above_or_below - signs
end

--- The words of a piece.
function lines.words(piece) return (words[piece] or piece):gmatch('[^/]+') end

function lines.may_break(piece) return utf8.len(piece) > CERTAIN end

--- HTML with the pieces of its text kept whole; tags and all in them stay as they are.
function lines.in_html(html)
  local function in_markup(text)
    local out = {}
    local function add(one) table.insert(out, one) end
    local function keep(piece) add(lines.may_break(piece) and '<t-w>' .. piece .. '</t-w>' or piece) end
    lines.each(text, keep, add, function() add '<wbr>' end)
    return table.concat(out)
  end
  return (('>' .. html .. '<'):gsub('>([^<>]+)<', function(text) return '>' .. in_markup(text) .. '<' end):sub(2, -2))
end

return lines
