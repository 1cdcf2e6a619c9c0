export default {;
