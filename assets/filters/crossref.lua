-- What Quarto does to a book by itself, for the built-in renderer: numbers chapters, figures and tables, resolves
-- @fig-…, @tbl-… and @sec-… in the whole book, and sets figures as Quarto sets them. A reference to nothing stops Pandoc.
-- In a short book, one chapter of a larger one, the chapter has no number, and what stands elsewhere is named in words.

local typst = FORMAT == 'typst'
local TYPES = {fig = true, tbl = true, sec = true}
local ELSEWHERE = {fig = 'รูปในเล่มรวม', tbl = 'ตารางในเล่มรวม', sec = 'บทในเล่มรวม'}
local meta, parts = {}, {}
local targets, dangling, used = {}, {}, {}

local function text(value) return value and pandoc.utils.stringify(value) or '' end

local function digits(number)
  if meta.digits ~= 'thai' then return tostring(number) end
  return (tostring(number):gsub('%d', function(d) return utf8.char(0xE50 + d) end))
end

local function kind(id) return TYPES[id:match('^(%a+)%-') or ''] and id:match('^%a+') end

local function label(id) return meta['crossref-' .. kind(id) .. '-title'] end

local function short() return meta.short == 'true' end

local function typst_string(value)
  return '"' .. value:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('%s+', ' ') .. '"'
end

local function typst_inline(value) return pandoc.RawInline('typst', value) end

--- First pass, in reading order: every target with its number.
local function number(doc)
  local chapter, counts = 0, {}
  doc:walk {
    traverse = 'topdown',
    Header = function(header)
      if header.level == 1 then
        counts = {}
        if not header.classes:includes 'unnumbered' then chapter = chapter + 1 end
      end
      local numbered = header.level == 1 and not short() and not header.classes:includes 'unnumbered'
      targets[header.identifier] = {title = header.content, number = numbered and digits(chapter) or nil}
    end,
    Div = function(div)
      if not div.classes:includes 'float' then return nil end
      if targets[div.identifier] then table.insert(used, div.identifier) end
      local of = kind(div.identifier)
      counts[of] = (counts[of] or 0) + 1
      targets[div.identifier] = {number = digits((short() and '' or chapter .. '.') .. counts[of])}
    end,
  }
end

local function reference(id, bare)
  local target = targets[id]
  local prefix = kind(id) == 'sec' and meta['crossref-ch-prefix'] or label(id)
  if not target then
    return pandoc.Str(ELSEWHERE[kind(id)])
  elseif not target.number then
    return pandoc.Link(target.title, '#' .. id)
  elseif typst then
    return typst_inline('#ref(<' .. id .. '>, supplement: [' .. (bare and '' or prefix) .. '])')
  end
  return pandoc.Link((bare and '' or prefix .. '\u{A0}') .. target.number, '#' .. id, '', {class = 'xref'})
end

local function resolve(cite, chapter)
  local found = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    if not kind(citation.id) then return cite.content end
    if not targets[citation.id] and not short() then
      table.insert(dangling, chapter .. '\t' .. citation.id)
      return nil
    end
    if i > 1 then found:extend {pandoc.Str ',', pandoc.Space()} end
    found:extend(citation.prefix)
    if #citation.prefix > 0 then found:insert(pandoc.Space()) end
    found:insert(reference(citation.id, citation.mode == 'SuppressAuthor'))
    found:extend(citation.suffix)
  end
  return found
end

--- The caption is the name of its table, and of the box in which a chart is moved on a phone.
local function named(content, caption)
  local function table_name(raw)
    return pandoc.RawBlock(raw.format, (raw.text:gsub('<table', '%0 aria-labelledby="' .. caption .. '"')))
  end
  return content:walk {RawBlock = table_name}:map(function(block)
    local chart = block.t == 'Para' and #block.content == 1 and block.content[1].t == 'Image'
    if not chart then return block end
    local attributes = {{'tabindex', '0'}, {'role', 'region'}, {'aria-labelledby', caption}}
    return pandoc.Div(block, pandoc.Attr('', {'chart-box'}, attributes))
  end)
end

local function float(div)
  local id = div.identifier
  local caption = pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.cap or '', 'markdown').blocks)
  local of = kind(id)
  if typst then
    local position = of == 'tbl' and 'top' or 'bottom'
    local blocks = pandoc.Blocks {pandoc.RawBlock('typst', '#figure([')}
    blocks:extend(div.content)
    local words = pandoc.Inlines {typst_inline('], caption: figure.caption(position: ' .. position .. ', [ ')}
    words:extend(caption)
    words:insert(typst_inline(
      ']), kind: "quarto-float-' .. of .. '", supplement: ' .. typst_string(label(id)) .. ')<' .. id .. '>'))
    blocks:insert(pandoc.Plain(words))
    return blocks
  end
  local words = pandoc.Inlines {
    pandoc.RawInline('html', '<figcaption id="' .. id .. '-caption">'),
    pandoc.Str(label(id) .. '\u{A0}' .. targets[id].number .. (#caption > 0 and ': ' or '')),
  }
  words:extend(caption)
  words:insert(pandoc.RawInline('html', '</figcaption>'))
  words = pandoc.Plain(words)
  local blocks = pandoc.Blocks {pandoc.RawBlock('html', '<figure>')}
  if of == 'tbl' then blocks:insert(words) end
  blocks:extend(named(div.content, id .. '-caption'))
  if of ~= 'tbl' then blocks:insert(words) end
  blocks:insert(pandoc.RawBlock('html', '</figure>'))
  return pandoc.Div(blocks, {id = id, class = 'float float-' .. of})
end

local function render(doc)
  local chapter, part = '', nil
  return doc:walk {
    traverse = 'topdown',
    Header = function(header)
      if header.level > 1 then header.classes:insert 'unnumbered' return header end
      chapter = header.identifier
      local opened = parts[chapter]
      if not typst or opened == part or not opened then part = opened return nil end
      part = opened
      return {pandoc.Plain {typst_inline '#part[', pandoc.Str(part), typst_inline ']'}, header}
    end,
    Link = function(link)
      local id = link.target:match('^#(.+)$')
      if id and short() and kind(id) and not targets[id] then return link.content end
    end,
    Cite = function(cite) return resolve(cite, chapter) end,
    Div = function(div) if div.classes:includes 'float' then return float(div) end end,
    Image = function(image)
      if not typst then return nil end
      local alt = image.attributes.alt or text(image.caption)
      return typst_inline('#box(image(' .. typst_string(image.src) .. ', alt: ' .. typst_string(alt) .. '))')
    end,
  }
end

function Pandoc(doc)
  for key, value in pairs(doc.meta.itabook) do
    if key == 'parts' then
      for id, title in pairs(value) do parts[id] = text(title) end
    else
      meta[key] = text(value)
    end
  end
  number(doc)
  doc = render(doc)
  for _, line in ipairs(dangling) do io.stderr:write('ITABOOK-DANGLING\t' .. line .. '\n') end
  for _, id in ipairs(used) do io.stderr:write('ITABOOK-TWICE\t' .. id .. '\n') end
  if #dangling + #used > 0 then os.exit(70) end
  return doc
end
