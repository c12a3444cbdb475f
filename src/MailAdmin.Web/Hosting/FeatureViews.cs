using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Views are looked up in the folder of their controller's feature, which is the last part of its namespace, whatever the controller's
/// name; then in <c>Shared</c>. A partial view of another feature is named with its feature: <c>Previews/_Effects</c>.
/// </summary>
internal sealed class FeatureViews : IViewLocationExpander
{
    private const string Feature = "feature";
    private const string OfAnyFeature = "/Features/{0}.cshtml";

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor { ControllerTypeInfo.Namespace: { } name })
            context.Values[Feature] = name[(name.LastIndexOf('.') + 1)..];
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        context.Values.TryGetValue(Feature, out var folder) ? [$"/Features/{folder}/{{0}}.cshtml", .. viewLocations, OfAnyFeature]
            : [.. viewLocations, OfAnyFeature];
}
