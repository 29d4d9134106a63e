-- Words that no line end may cut: the terms of assets/glossary.txt, the longest at each place.
-- HTML:  each stands in <span class="w">, which book.css does not wrap. Identifiers and metadata stay as they are.
-- Typst: they become one expression in the metadata, `unbroken`; the template puts what it finds into boxes.

local folder = quarto and quarto.project.directory .. '/assets/' or PANDOC_SCRIPT_FILE:gsub('filters[/\\][^/\\]*$', '')
local LETTER = utf8.charpattern

local function read_terms()
  local terms = {}
  for line in io.lines(folder .. 'glossary.txt') do
    local term = line:match('^%s*([^%s#]+)%s*$')
    if term then table.insert(terms, term) end
  end
  table.sort(terms, function(a, b) return #a > #b end)
  return terms
end

local terms = read_terms()
local by_letter = {}
for _, term in ipairs(terms) do
  local letter = term:match(LETTER)
  by_letter[letter] = by_letter[letter] or {}
  table.insert(by_letter[letter], term)
end

local function term_at(text, at, letter)
  for _, term in ipairs(by_letter[letter] or {}) do
    if text:sub(at, at + #term - 1) == term then return term end
  end
end

--- The text in pieces, in order: `add(piece, is_term)`.
local function pieces(text, add)
  local from, at = 1, 1
  while at <= #text do
    local letter = text:match(LETTER, at)
    local term = term_at(text, at, letter)
    if term then
      if from < at then add(text:sub(from, at - 1), false) end
      add(term, true)
      at = at + #term
      from = at
    else
      at = at + #letter
    end
  end
  if from <= #text then add(text:sub(from), false) end
end

local function in_spans(text)
  local out = {}
  pieces(text, function(piece, is_term)
    table.insert(out, is_term and '<span class="w">' .. piece .. '</span>' or piece)
  end)
  return table.concat(out)
end

local function str(element)
  local inlines = pandoc.Inlines {}
  pieces(element.text, function(piece, is_term)
    local part = pandoc.Str(piece)
    inlines:insert(is_term and pandoc.Span(part, {class = 'w'}) or part)
  end)
  return inlines, false
end

--- Text between tags; a block of script, style or drawing is left alone.
local function raw(block)
  if block.format ~= 'html' or block.text:find('<s[ctv][ryg]') then return nil end
  block.text = ('>' .. block.text .. '<'):gsub('>([^<>]+)<', function(text) return '>' .. in_spans(text) .. '<' end):sub(2, -2)
  return block, false
end

local function leave_hidden(element)
  if element.classes:includes 'hidden' then return element, false end   -- Quarto's titles for menus
end

function Pandoc(doc)
  if FORMAT == 'typst' then
    doc.meta.unbroken = pandoc.MetaInlines {pandoc.RawInline('typst', table.concat(terms, '|'))}
  elseif FORMAT:find('html') or FORMAT:find('%.lua$') then
    doc.blocks = doc.blocks:walk {
      traverse = 'topdown', Str = str, RawBlock = raw, Div = leave_hidden, Span = leave_hidden,
    }
  end
  return doc
end
