using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Bulk;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>The handler of <c>/Bulk</c>: many operations in one request, on resources of every type.</summary>
internal sealed class BulkRoutes(SchemaRegistry schemas, BulkProvisioning provisioning)
{
    private static readonly BodyLimit Limit = new(ServiceProviderConfiguration.MaxBulkPayload, BulkRequest.TooLarge);

    public IEnumerable<ScimRoute> All() => [new(HttpMethods.Post, "Bulk", RunAsync) { BodyLimit = Limit }];

    private async Task<ScimAnswer> RunAsync(ScimRequest request)
    {
        if (
            !(await RequestBody.ReadAsync(request.Http, Limit)).TryGet(out var body, out var refusal)
            || !BulkRequest.Read(body, schemas).TryGet(out var bulk, out refusal)
        )
        {
            return ScimAnswer.Of(refusal);
        }

        var results = (await provisioning.RunAsync(request.Call, bulk, request.Aborted)).ToList();
        if (results.All(result => result.Failure is not null))
        {
            // Nothing was done, so that the request as a whole can be repeated.
            ExceptionDispatchInfo.Throw(results[0].Failure!);
        }

        request.Repaired([.. results.SelectMany(result => result.Repairs).Distinct().Take(RequestLogging.MostRepairs)]);
        var refused = request.Get<RefusedWrites>();
        for (var index = 0; index < results.Count; index++)
        {
            if (results[index] is { Error: { } error, Operation: { Type: { } type, Method: { } method } operation } result)
            {
                var write = new RefusedWrite(type, method.ToToken(), result.Id, operation.Data, error);
                results[index] = result with { Error = await refused.LookAtAsync(request, write) };
            }
        }

        if (results.Count > 0 && results.All(result => result.Error == Refusals.Preview))
        {
            return ScimAnswer.Of(Refusals.Preview);
        }

        var answers = results.Select(result => AnswerOf(request, result)).ToList();
        if (RequestLogging.Of(request.Http) is { } logging)
        {
            logging.Operations = answers;
        }

        return ScimAnswer.Ok(BulkResponse.Create(answers));
    }

    private static BulkAnswer AnswerOf(ScimRequest request, BulkResult result)
    {
        var operation = result.Operation;
        var error = result.Failure is { } failure
            ? request.Get<RequestFailures>().AnswerOf(failure, request.RequestId).Error
            : result.Error;
        var path = operation.Type is { } type && result.Id is { } id ? $"{type.Endpoint}/{Uri.EscapeDataString(id)}" : null;
        if (error is not null)
        {
            request.Get<RefusedRequests>().Record(request, error, $"{operation.Method?.ToToken()} {path ?? operation.Type?.Endpoint}");
        }

        return new BulkAnswer(operation, error?.Status ?? StatusOf(operation))
        {
            Location = path is null ? null : request.BaseUrl + path,
            Version = result.Version is { } version ? new EntityTag(version).ToString() : null,
            Error = error,
        };
    }

    private static int StatusOf(BulkOperation operation) =>
        operation.Method switch
        {
            BulkMethod.Post => StatusCodes.Status201Created,
            BulkMethod.Put => StatusCodes.Status200OK,
            BulkMethod.Patch => ResourceRoutes.StatusOfPatch(operation.Type!),
            _ => StatusCodes.Status204NoContent,
        };
}
