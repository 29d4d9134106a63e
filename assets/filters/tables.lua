-- Tables for paper and screen, the same under Quarto (stage pre-ast) and under the built-in renderer.
-- HTML:  the style sheet that great_tables puts before each table is taken off; book.css gives the look. What a screen
--        reader needs is put in: heads of rows and groups, and a named box that the keyboard can scroll.
-- Typst: HTML tables become native ones; Pandoc writes them, this filter says what is bold, aligned, wide, and
--        moves source notes from the repeating footer to a line under the table.

local typst = FORMAT == 'typst'
local here = quarto and quarto.project.directory .. '/assets/filters' or pandoc.path.directory(PANDOC_SCRIPT_FILE)
local letters = dofile(here .. '/line_ends.lua').letters
local SHARED = 92  -- letters by which short columns are given their part of the width
local LONG = 24    -- letters from which a column is one of running text
local LINE = 82    -- letters on a line over the whole width of a page
local ROW, MORE, NOTE = 0.69, 0.55, 0.4   -- cm: how high a row of one line is, a further line, a line of notes
local SPARE = 4    -- letters by which a line may hold fewer than reckoned: some letters are wide
local WHOLE = 9.5  -- cm: a table below this height is kept on one page
local PIECE = 16   -- letters of the longest piece between spaces in a column that may be as narrow as that piece

local ALIGN = {gt_left = 'AlignLeft', gt_center = 'AlignCenter', gt_right = 'AlignRight',
               left = 'AlignLeft', center = 'AlignCenter', right = 'AlignRight'}

--- How long the words of a table are, cell by cell:
--- {head = …, {cell = …, at = column, span = …, width = …, piece = …}, …}.
local function sizes(tbl)
  local found = {}
  local function add(rows, head)
    for _, row in ipairs(rows) do
      local cells, at = {head = head}, 1
      for _, cell in ipairs(row.cells) do
        local text, span, piece = pandoc.utils.stringify(cell.contents), cell.col_span, 0
        for part in text:gmatch('[^ ]+') do piece = math.max(piece, letters(part)) end
        table.insert(cells, {cell = cell, at = at, span = span, width = letters(text), piece = piece})
        at = at + span
      end
      table.insert(found, cells)
    end
  end
  add(tbl.head.rows, true)
  for _, part in ipairs(tbl.bodies) do add(part.body, false) end
  return found
end

local function strong(blocks)
  return blocks:map(function(block)
    if block.t == 'Plain' or block.t == 'Para' then block.content = {pandoc.Strong(block.content)} end
    return block
  end)
end

--- The marks of notes, raised: in the text of the table, as to look into each cell for one takes as long as to read them all.
local function raised(text)
  return (text:gsub('<span class="gt_footnote_marks"[^>]*>(.-)</span>', '<sup>%1</sup>'))
end

--- Reads what classes and style say of a cell; nothing else of its attributes goes on.
local function dress(cell, head, group)
  local style, vertical = cell.attributes.style or '', nil
  local align = style:match('text%-align:%s*(%a+)')
  for _, class in ipairs(cell.classes) do align = align or (ALIGN[class] and class) end
  if ALIGN[align] then cell.alignment = ALIGN[align] end
  if head then   -- column heads stand on the rule below them
    local side = {AlignLeft = 'left', AlignCenter = 'center', AlignRight = 'right'}
    vertical = (side[cell.alignment] or 'left') .. ' + bottom'
    cell.alignment = 'AlignDefault'
  end
  if head or group or style:match('font%-weight:%s*bold') or style:match('font%-weight:%s*[6-9]00') then
    cell.contents = strong(cell.contents)
  end
  local fill, ink = style:match('background%-color:%s*(#%x+)'), style:match('^color:%s*(#%x+)')
    or style:match('[%s;]color:%s*(#%x+)')
  cell.attr = pandoc.Attr()
  if vertical then cell.attributes['typst:align'] = vertical end
  if group then fill = nil cell.attributes['typst:fill'] = 'panel' end
  if fill then cell.attributes['typst:fill'] = 'rgb("' .. fill .. '")' end
  if ink then cell.attributes['typst:text:fill'] = 'rgb("' .. ink .. '")' end
  return cell
end

--- The widths that a table names itself, as text and as numbers; nil where it names none.
local function named_widths(tbl)
  local tracks, parts = {}, {}
  for i, spec in ipairs(tbl.colspecs) do
    if not spec[2] then return nil end
    parts[i] = spec[2] * 100
    tracks[i] = string.format('%.2ffr', parts[i])
  end
  return '(' .. table.concat(tracks, ', ') .. ',)', parts
end

--- How many letters a line holds of the columns that divide the `room` (letters) that the others leave by `parts`.
local function letters_on_a_line(parts, room)
  local sum, found = 0, {}
  for _, part in pairs(parts) do sum = sum + part end
  for at, part in pairs(parts) do found[at] = room * part / sum - 2 end
  return found
end

--- Whether a table and its notes run over the page end, from what their height will be: within a third of it, at most;
--- to set the table once more only to measure it is half of the work.
local function is_long(tbl, rows, line)
  local height = NOTE * #tbl.foot.rows
  for _, row in ipairs(rows) do
    local lines = 1
    for _, cell in ipairs(row) do
      if line[cell.at] and cell.span == 1 then lines = math.max(lines, math.ceil(cell.width / line[cell.at] - 0.1)) end
    end
    height = height + ROW + MORE * (lines - 1)
  end
  return height > WHOLE
end

--- Says of cells with a piece that a line does not hold how many letters one holds: words.lua breaks such pieces, for what
--- is kept whole and is too wide would be set apart from the words around it.
local function mark_narrow(rows, line)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row) do
      if line[cell.at] and cell.span == 1 and cell.piece > line[cell.at] - SPARE then
        local blocks = cell.cell.contents
        local first, last = blocks[1], blocks[#blocks]
        if first and first.content and last.content then
          local mark = ('/*line=%d*/'):format(math.floor(line[cell.at] - SPARE))
          first.content = pandoc.Inlines {pandoc.RawInline('typst', mark)} .. first.content
          last.content = pandoc.Inlines(last.content) .. {pandoc.RawInline('typst', '/*line=*/')}
          cell.cell.contents = blocks
        end
      end
    end
  end
end

--- Typst's column list: short columns as wide as they need, long ones by their share of the rest; whether the table is
--- one of much running text, and the letters on a line of each of the long ones.
local function columns(tbl, rows)
  local named, parts = named_widths(tbl)
  if named then return named, false, letters_on_a_line(parts, LINE) end
  parts = {}
  local body, head, pieces = {}, {}, {}
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row) do
      local at, into = cell.at, row.head and head or body
      if cell.span == 1 then
        into[at] = math.max(into[at] or 0, cell.width)
        if not row.head then pieces[at] = math.max(pieces[at] or 0, cell.piece) end
      end
    end
  end
  local wanted, narrow, longest = {}, {}, 1
  for i = 1, #tbl.colspecs do
    wanted[i] = math.max(body[i] or 0, (head[i] or 0) / (body[i] and 1.5 or 1))
    narrow[i] = wanted[i] > PIECE and (pieces[i] or wanted[i]) <= PIECE
    if narrow[i] then wanted[i] = math.max(pieces[i], 10) end
    if wanted[i] > wanted[longest] then longest = i end
  end
  local running = 0
  for _, wide in ipairs(wanted) do running = running + (wide > LONG and 1 or 0) end
  local short, room = running < 2 and LONG or LONG / 2, SHARED * (running < 2 and 0.55 or 0.35)
  local function taken()
    local sum = 0
    for i, wide in ipairs(wanted) do sum = sum + (i ~= longest and wide <= short and wide + 2 or 0) end
    return sum
  end
  while short > 6 and taken() > room do short = short - 1 end
  local tracks = {}
  for i, wide in ipairs(wanted) do
    if i ~= longest and narrow[i] then
      tracks[i] = string.format('%.1fem + 10pt', 0.6 * wide)
    elseif i ~= longest and wide <= short then
      tracks[i] = 'auto'
    else
      parts[i] = math.sqrt(math.max(wide, 16))
      tracks[i] = string.format('%.1ffr', parts[i])
    end
  end
  local dense = running > 2
  local room = dense and LINE * 1.1 or LINE
  for i, wide in ipairs(wanted) do room = room - (parts[i] and 0 or wide + 3) end
  return '(' .. table.concat(tracks, ', ') .. ',)', dense, letters_on_a_line(parts, room)
end

--- Source notes and footnotes of great_tables as lines of their own.
local function notes(tbl)
  local lines = tbl.foot.rows:map(function(row)
    return pandoc.utils.blocks_to_inlines(row.cells[1].contents)
  end)
  tbl.foot = pandoc.TableFoot()
  if #lines == 0 then return '' end
  local text = pandoc.Inlines {}
  for i, line in ipairs(lines) do
    if i > 1 then text:insert(pandoc.LineBreak()) end
    text:extend(line)
  end
  local body = pandoc.write(pandoc.Pandoc {pandoc.Plain(text)}, 'typst')
  return '#table-notes[' .. body .. ']'
end

local function native(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do dress(cell, true) end
  end
  for _, part in ipairs(tbl.bodies) do
    part.body, part.head = part.head .. part.body, {}
    for _, row in ipairs(part.body) do
      local group = row.classes:includes 'gt_group_heading_row'
      for i, cell in ipairs(row.cells) do
        dress(cell, false, group)
        local spec = tbl.colspecs[i]
        if #row.cells == #tbl.colspecs and spec[1] == 'AlignDefault' then
          tbl.colspecs[i] = {cell.alignment, spec[2]}
        end
      end
    end
  end
  local rows = sizes(tbl)
  local tracks, dense, line = columns(tbl, rows)
  local long = is_long(tbl, rows, line)
  mark_narrow(rows, line)
  local below = notes(tbl)
  tbl.attr = pandoc.Attr('', {'typst:no-figure'})
  tbl.caption = {long = {}}
  local text = pandoc.write(pandoc.Pandoc {tbl}, 'typst', {wrap_text = 'none'})
  text = text:gsub('columns: [^\n]*,\n', function() return 'columns: ' .. tracks .. ',\n' end, 1)
  -- a group's heading is a header of the second level: never alone at a page end, repeated on the next page
  text = text:gsub('\n  (table%.cell%(colspan: %d+, fill: panel%)[^\n]*),\n', function(cell)
    return '\n  table.header(level: 2, ' .. cell .. '),\n'
  end)
  if dense then text = '#dense[' .. text .. ']' end
  return pandoc.Blocks {pandoc.RawBlock('typst', '#table-and-notes(' .. tostring(long) .. ')[' .. text .. '][' .. below .. ']')}
end

--- Whether two columns have one name, with no spanner over them that tells them apart: two lists side by side.
local function side_by_side(head)
  if head:find('gt_column_spanner', 1, true) then return false end
  local seen = {}
  for name in head:gmatch('<th[^>]*>(.-)</th>') do
    if seen[name] then return true end
    seen[name] = true
  end
  return false
end

--- The first words of a row are its head; of two lists side by side, the words of each.
local function row_heads(text)
  local most = not side_by_side(text:match('<thead.-</thead>') or '') and 1 or nil
  return (text:gsub('(<tr>%s*)(<td.-)(</tr>)', function(from, cells, to)
    return from .. cells:gsub('<td([^>]*gt_left[^>]*)>([^<].-)</td>', '<th%1 scope="row">%2</th>', most) .. to
  end))
end

--- Each group of rows is a body of its own, which its heading is the head of.
local function groups(text)
  return (text:gsub('<tr class="gt_group_heading_row">', '</tbody>\n<tbody class="gt_table_body">\n%0')
              :gsub('<tbody class="gt_table_body">%s*</tbody>%s*', '')
              :gsub('(<th class="gt_group_heading"[^>]*) scope="[^"]*"', '%1')
              :gsub('<th class="gt_group_heading"', '%0 scope="rowgroup"'))
end

local function plain_html(text)
  text = text:gsub('<style.->.-</style>', '')
             :gsub('<div id="[^"]*" style="padding[^>]*>', '<div class="table-box" tabindex="0" role="region" aria-label="ตาราง">')
             :gsub('class="gt_row ', 'class="'):gsub('class="gt_col_heading gt_columns_bottom_border ', 'class="')
             :gsub('(<t[hd][^>]*) id="[^"]*"', '%1'):gsub('(<t[hd][^>]*) headers="[^"]*"', '%1')
  return groups(row_heads(text))
end

--- The box of a table takes the words of the caption as its name.
local function name_boxes(div)
  local caption = div.attributes['tbl-cap'] or div.attributes.cap
  if typst or not caption then return nil end
  local name = pandoc.utils.stringify(pandoc.read(caption, 'markdown').blocks):gsub('[&<>"%%]', {
    ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ['%'] = '%%'})
  return div:walk {RawBlock = function(raw)
    raw.text = raw.text:gsub('(<div class="table%-box"[^>]* aria%-label=)"[^"]*"', '%1"' .. name .. '"')
    return raw
  end}
end

--- A table without a head is a numbered list, whose numbers are in the digits of the book.
local function as_list(tbl)
  if #tbl.head.rows > 0 then return nil end
  tbl.attributes.role = 'list'
  for _, part in ipairs(tbl.bodies) do
    part.attr.attributes.role = 'none'
    for _, row in ipairs(part.body) do
      row.attributes.role = 'listitem'
      for _, cell in ipairs(row.cells) do cell.attributes.role = 'none' end
    end
  end
  return tbl
end

return {{
  Table = function(tbl) if typst then return native(tbl) else return as_list(tbl) end end,
  Div = name_boxes,
  RawBlock = function(raw)
    if raw.format ~= 'html' or not raw.text:find('<table', 1, true) then return nil end
    if not typst then return pandoc.RawBlock('html', plain_html(raw.text)) end
    local found = pandoc.Blocks {}
    local text = raised(raw.text:gsub('<style.->.-</style>', ''))
    pandoc.read(text, 'html'):walk {Table = function(tbl) found:extend(native(tbl)) end}
    return found
  end,
}}
