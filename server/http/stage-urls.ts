/** Bucket and path that clients with a token put between the end point and the file's name. */
export const OBJECTS_LOCATION = "stage-objects/files/";
