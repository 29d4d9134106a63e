-- What Quarto does by itself, for the built-in renderer: leaves out, before any other filter looks at it, what is not for
-- this format. `::: {.content-visible when-format="html"}`, and .content-hidden, unless-format likewise.

local target = FORMAT == 'typst' and 'typst' or 'html'   -- the HTML writer is a file, which is then the format's name

local function is_shown(div)
  local wanted, unwanted = div.attributes['when-format'], div.attributes['unless-format']
  local holds = (not wanted or wanted == target) and (not unwanted or unwanted ~= target)
  return holds == div.classes:includes 'content-visible'
end

return {{
  traverse = 'topdown',
  Div = function(div)
    if not (div.classes:includes 'content-visible' or div.classes:includes 'content-hidden') then return nil end
    return is_shown(div) and div.content or {}
  end,
}}
