using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Queries that every write or every page runs, compiled once (docs/decisions/0022). EF Core ties a compiled query to one model, and each
/// database has its own; so a query is compiled for each type of context that runs it.
/// </summary>
internal static class CompiledQuery
{
    public static Func<MailContext, IAsyncEnumerable<T>> Create<T>(Expression<Func<MailContext, IQueryable<T>>> query)
    {
        var compiled = new PerModel<Func<MailContext, IAsyncEnumerable<T>>>(() => EF.CompileAsyncQuery(query));
        return context => compiled.For(context)(context);
    }

    public static Func<MailContext, T1, IAsyncEnumerable<T>> Create<T1, T>(Expression<Func<MailContext, T1, IQueryable<T>>> query)
    {
        var compiled = new PerModel<Func<MailContext, T1, IAsyncEnumerable<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, first) => compiled.For(context)(context, first);
    }

    public static Func<MailContext, T1, T2, IAsyncEnumerable<T>> Create<T1, T2, T>(
        Expression<Func<MailContext, T1, T2, IQueryable<T>>> query)
    {
        var compiled = new PerModel<Func<MailContext, T1, T2, IAsyncEnumerable<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, first, second) => compiled.For(context)(context, first, second);
    }

    public static Func<MailContext, T1, Task<T>> Create<T1, T>(Expression<Func<MailContext, T1, T>> query)
    {
        var compiled = new PerModel<Func<MailContext, T1, Task<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, first) => compiled.For(context)(context, first);
    }

    public static Func<MailContext, T1, T2, Task<T>> Create<T1, T2, T>(Expression<Func<MailContext, T1, T2, T>> query)
    {
        var compiled = new PerModel<Func<MailContext, T1, T2, Task<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, first, second) => compiled.For(context)(context, first, second);
    }

    public static Func<MailContext, CancellationToken, Task<T>> Create<T>(Expression<Func<MailContext, CancellationToken, T>> query)
    {
        var compiled = new PerModel<Func<MailContext, CancellationToken, Task<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, token) => compiled.For(context)(context, token);
    }

    public static Func<MailContext, T1, CancellationToken, Task<T>> Create<T1, T>(
        Expression<Func<MailContext, T1, CancellationToken, T>> query)
    {
        var compiled = new PerModel<Func<MailContext, T1, CancellationToken, Task<T>>>(() => EF.CompileAsyncQuery(query));
        return (context, first, token) => compiled.For(context)(context, first, token);
    }

    private sealed class PerModel<TQuery>(Func<TQuery> compile)
    {
        private readonly ConcurrentDictionary<Type, TQuery> _queries = new();

        public TQuery For(MailContext context)
        {
            var type = context.GetType();
            return _queries.TryGetValue(type, out var query) ? query : _queries.GetOrAdd(type, compile());
        }
    }
}
