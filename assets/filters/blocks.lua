-- The blocks of src/itabook/report/display.py on paper: Divs become calls of the functions that assets/typst-template.typ
-- has for them. On screen they are HTML already.

local function raw(text) return pandoc.RawInline('typst', text) end

--- `#kind(((cell, …), …))`: a paragraph a row, a span a cell.
local function call_with_rows(kind)
  return function(div)
    local call = pandoc.Inlines {raw('#' .. kind .. '((')}
    for _, row in ipairs(div.content) do
      call:insert(raw '(')
      for _, cell in ipairs(row.content) do
        if cell.t == 'Span' then
          call:insert(raw '[')
          call:extend(cell.content)
          call:insert(raw '], ')
        end
      end
      call:insert(raw '), ')
    end
    call:insert(raw '))')
    return pandoc.Plain(call)
  end
end

--- A paragraph, a list, a paragraph.
local function note_box(div)
  local title, list, more = table.unpack(div.content)
  local call = pandoc.Inlines {raw '#note-box(['}
  call:extend(title.content)
  call:insert(raw '], [')
  call:extend(more.content)
  call:insert(raw '])[')
  return {pandoc.Plain(call), list, pandoc.Plain {raw ']'}}
end

local calls = {panels = call_with_rows 'panels', ['form-fields'] = call_with_rows 'form-fields', ['note-box'] = note_box}

return {{
  Div = function(div)
    local call = FORMAT == 'typst' and calls[div.classes[1]]
    if call then return call(div) end
  end,
}}
