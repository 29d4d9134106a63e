-- The lists of figures and tables in the pages, where a Div of the class `lists-of-figures-and-tables` stands: each entry leads to
-- what it names. What they hold is written by src/itabook/publish/lists.py. The PDF has lists with its contents, made by its
-- template.

local place = quarto and quarto.project.directory .. '/outputs/lists.json' or 'lists.json'

local function html(text) return pandoc.RawBlock('html', text) end

--- Pages of Quarto are named by their files; those of the built-in renderer are found by the identifier.
local function entry(of)
  local target = (quarto and '/' .. of.file or '') .. '#' .. of.label
  return {pandoc.Plain {pandoc.Link(pandoc.Inlines(of.text), target)}}
end

local function list(of)
  local blocks = pandoc.Blocks {html('<details>'), html('<summary>' .. of.summary .. '</summary>')}
  for _, chapter in ipairs(of.chapters) do
    local entries = {}
    for i, one in ipairs(chapter.entries) do entries[i] = entry(one) end
    blocks:extend {pandoc.Para {pandoc.Strong(pandoc.Inlines(chapter.title))}, pandoc.BulletList(entries)}
  end
  blocks:insert(html('</details>'))
  return {pandoc.Header(2, pandoc.Inlines(of.title), of.id), pandoc.Div(blocks, {class = 'float-list'})}
end

return {{
  Div = function(div)
    if not div.classes:includes 'lists-of-figures-and-tables' then return nil end
    local file = not FORMAT:find('typst') and io.open(place, 'rb')
    if not file then return {} end
    local lists = pandoc.json.decode(file:read('a'), false)
    file:close()
    local blocks = pandoc.Blocks {}
    for _, one in ipairs(lists) do blocks:extend(list(one)) end
    return blocks
  end,
}}
