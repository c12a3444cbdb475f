using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// A form field with label, control, hint and errors, linked for screen readers.
/// <c>&lt;field name="Address" label="…" value="@form.Address" suffix="@@exemple.be" /&gt;</c>; a select has its options as content.
/// </summary>
[HtmlTargetElement("field", Attributes = "name,label")]
public sealed class FieldTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Value { get; set; }

    /// <summary>text, password, textarea or select.</summary>
    public string Type { get; set; } = "text";

    public string? Hint { get; set; }

    /// <summary>The text after the control: a unit, the domain.</summary>
    public string? Suffix { get; set; }

    /// <summary>HTML's autocomplete; default: off, so that the browser does not fill in the admin's own name.</summary>
    public string Autocomplete { get; set; } = "off";

    /// <summary>The kind of keyboard on a phone; default: letters.</summary>
    public string? Inputmode { get; set; }

    /// <summary>Id of a datalist with the choices.</summary>
    public string? List { get; set; }

    /// <summary>Marks the field as required in the browser; the server checks it in any case.</summary>
    public bool Required { get; set; }

    /// <summary>Whether this is the first field of the page to fill in.</summary>
    public bool Focus { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var id = Name.ToLowerInvariant();
        var errors = ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) ? entry.Errors : [];
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(Tag("label", Label, ("for", id)));
        output.Content.AppendHtml(Line(Control(id, errors.Count > 0, content)));
        if (errors.Count > 0) output.Content.AppendHtml(Errors(id, errors));
        if (Hint is not null) output.Content.AppendHtml(Tag("p", Hint, ("class", "soft hint"), ("id", $"{id}-hint")));
    }

    private TagBuilder Control(string id, bool isWrong, TagHelperContent options)
    {
        var control = new TagBuilder(
            Type is "textarea" or "select"
            ? Type : "input")
        { TagRenderMode = Type is "textarea" or "select" ? TagRenderMode.Normal : TagRenderMode.SelfClosing };
        control.Attributes["id"] = id;
        control.Attributes["name"] = Name;
        if (Type == "select") control.InnerHtml.AppendHtml(options);
        else if (Type == "textarea") Fill(control);
        else TypeIn(control);
        if (Type != "select")
            (control.Attributes["autocomplete"], control.Attributes["spellcheck"], control.Attributes["autocapitalize"]) = (
                Autocomplete, "false", "none");
        if (Required) control.Attributes["required"] = "required";
        if (TakesFocus(isWrong)) control.Attributes["autofocus"] = "autofocus";
        if (isWrong) control.Attributes["aria-invalid"] = "true";
        string?[] about = [isWrong ? $"{id}-error" : null, Hint is null ? null : $"{id}-hint"];
        if (about.Any(a => a is not null)) control.Attributes["aria-describedby"] = string.Join(' ', about.OfType<string>());
        return control;
    }

    // When a form is shown again, the first field with an error gets the focus.
    private bool TakesFocus(bool isWrong) =>
        (ViewContext.ViewData.ModelState.IsValid ? Focus : isWrong) && ViewContext.HttpContext.Items.TryAdd(typeof(FieldTagHelper), true);

    private void Fill(TagBuilder area)
    {
        area.Attributes["rows"] = "5";
        // Browsers drop the first line break.
        area.InnerHtml.Append("\n" + Value);
    }

    // A password is never sent back to the browser.
    private void TypeIn(TagBuilder input)
    {
        input.Attributes["type"] = Type;
        if (List is not null) input.Attributes["list"] = List;
        if (Inputmode is not null) input.Attributes["inputmode"] = Inputmode;
        if (Type != "password" && Value is not null) input.Attributes["value"] = Value;
    }

    private TagBuilder Line(TagBuilder control)
    {
        var line = new TagBuilder("div");
        line.AddCssClass("control");
        line.InnerHtml.AppendHtml(control);
        if (Suffix is not null) line.InnerHtml.AppendHtml(Tag("span", Suffix, ("class", "suffix soft")));
        return line;
    }

    private static TagBuilder Errors(string id, ModelErrorCollection errors)
    {
        var list = new TagBuilder("div");
        list.Attributes["id"] = $"{id}-error";
        list.AddCssClass("err");
        foreach (var error in errors) list.InnerHtml.AppendHtml(Sentence(error.ErrorMessage));
        return list;
    }

    private static TagBuilder Sentence(string message)
    {
        var (text, path) = Problems.Parts(message);
        var sentence = Tag("p", text);
        if (path is not null) sentence.InnerHtml.Append(" ").AppendHtml(Tag("a", SharedTexts.ShowIt, ("href", path)));
        return sentence;
    }

    private static TagBuilder Tag(string name, string text, params (string Key, string Value)[] attributes)
    {
        var tag = new TagBuilder(name);
        foreach (var (key, value) in attributes) tag.Attributes[key] = value;
        tag.InnerHtml.Append(text);
        return tag;
    }
}
